"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextArea } from "@/app/_ui/text-area";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = { slug: string; week: string; comment: string; version: number };

/** What one has to say beside the figures of the coming review. */
export function CommentForm({ slug, week, comment, version }: Props) {
  const t = useTranslations("client.reviews");
  const router = useRouter();
  const { submit, pending, mistakes, failure } = useJsonForm({
    path: `/api/v1/reviews/${week}/comment?team=${encodeURIComponent(slug)}`,
    method: "PUT",
    read: (form) => ({ comment: form.get("comment"), version }),
    onDone: () => {
      toast(t("saved"));
      router.refresh();
    },
  });
  return (
    <form method="post" noValidate autoComplete="off" onSubmit={submit} className="grid gap-2">
      <TextArea label={t("comment")} name="comment" rows={4} defaultValue={comment} mistake={mistakes.comment} />
      <p className="text-text-3">{t("commentHint")}</p>
      <FormFailure text={failure} />
      <SubmitButton pending={pending} className="justify-self-start">
        {t("saveComment")}
      </SubmitButton>
    </form>
  );
}
