"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { creditsTyped } from "./credits-typed";
import { FormFailure } from "./form-failure";
import { SubmitButton } from "./submit-button";
import { TextField } from "./text-field";
import { useJsonForm } from "./use-json-form";

/** For a member at the limit: asks the team's admins for more credits in this period. */
export function AskForMore({ slug }: { slug: string }) {
  const t = useTranslations("client.ask");
  const router = useRouter();
  const [state, setState] = useState<"closed" | "open" | "sent">("closed");
  const form = useJsonForm({
    path: `/api/v1/credits/limit-requests?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({ credits: creditsTyped(data.get("credits")), note: data.get("note") }),
    onDone: () => {
      setState("sent");
      router.refresh();
    },
  });
  if (state === "sent") {
    return (
      <p role="status" className="mt-2 font-medium">
        {t("sent")}
      </p>
    );
  }
  if (state === "closed") {
    return (
      <button type="button" className="btn mt-2 justify-self-start" onClick={() => setState("open")}>
        {t("open")}
      </button>
    );
  }
  return (
    <form method="post" noValidate className="mt-2 grid gap-2" onSubmit={form.submit}>
      <div className="grid gap-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <TextField
          label={t("credits")}
          name="credits"
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          className="num"
          mistake={form.mistakes.credits}
        />
        <TextField label={t("note")} name="note" maxLength={300} autoComplete="off" mistake={form.mistakes.note} />
      </div>
      <FormFailure text={form.failure} />
      <div className="flex gap-2">
        <SubmitButton pending={form.pending}>{t("send")}</SubmitButton>
        <button type="button" className="btn btn-quiet" onClick={() => setState("closed")}>
          {t("cancel")}
        </button>
      </div>
    </form>
  );
}
