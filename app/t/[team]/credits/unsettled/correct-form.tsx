"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = { slug: string; id: string; wasCharged: boolean; isAssumed: boolean; isOpen: boolean };

/** Corrects what was said of one request, or confirms what was only assumed. Adds an entry, alters none. */
export function CorrectForm({ slug, id, wasCharged, isAssumed, isOpen }: Props) {
  const t = useTranslations("client.unsettled");
  const router = useRouter();
  const charged = useRef(!wasCharged);
  const settle = useJsonForm({
    path: `/api/v1/credits/requests/${id}/settle?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({ charged: charged.current, reason: data.get("reason") }),
    onDone: () => {
      toast(t("settled", { count: 1 }));
      router.refresh();
    },
  });
  return (
    <details open={isOpen}>
      <summary className="w-fit cursor-pointer text-text-2 underline decoration-line-strong underline-offset-2">
        {t(isAssumed ? "confirmOrCorrect" : "correct")}
      </summary>
      <form
        method="post"
        noValidate
        autoComplete="off"
        className="mt-2 grid max-w-[34rem] gap-2.5"
        onSubmit={(event) => {
          const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
          charged.current = (pressed?.value === "same") === wasCharged;
          void settle.submit(event);
        }}
      >
        <TextField label={t("reason")} name="reason" maxLength={500} mistake={settle.mistakes.reason} />
        <FormFailure text={settle.failure} />
        <div className="flex flex-wrap gap-2">
          <SubmitButton pending={settle.pending} className="" name="as" value="opposite">
            {t(wasCharged ? "correctNotCharged" : "correctCharged")}
          </SubmitButton>
          {isAssumed && (
            <SubmitButton pending={settle.pending} className="" name="as" value="same">
              {t(wasCharged ? "confirmCharged" : "confirmNotCharged")}
            </SubmitButton>
          )}
        </div>
      </form>
    </details>
  );
}
