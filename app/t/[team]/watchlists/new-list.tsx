"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { Watchlist } from "@/lib/tracking/schemas";
import { ListFields, readListFields } from "./list-fields";

/** Makes an empty list and goes there: the next step is to put something on it. */
export function NewList({ slug }: { slug: string }) {
  const t = useTranslations("client.watchlists");
  const router = useRouter();
  const form = useJsonForm<Watchlist>({
    path: `/api/v1/watchlists?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: readListFields,
    onDone: ({ id }) => router.push(`/t/${slug}/watchlists/${id}`),
  });
  return (
    <form method="post" noValidate autoComplete="off" className="grid gap-3" onSubmit={form.submit}>
      <ListFields mistakes={form.mistakes} mayHide />
      <FormFailure text={form.failure} />
      <SubmitButton pending={form.pending} className="btn-primary justify-self-start">
        {t("create")}
      </SubmitButton>
    </form>
  );
}
