"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { BalanceEntry } from "@/lib/credits/schemas";

/** "2,410", as a dashboard writes it, is a number; anything else goes as it is, so that the mistake is named. */
function readCredits(typed: FormDataEntryValue | null): unknown {
  const text = String(typed ?? "").trim();
  const plain = /^\d{1,3}([,\s\u2019]\d{3})+$/.test(text) ? text.replace(/\D/g, "") : text;
  return /^\d+$/.test(plain) ? Number(plain) : text;
}

/** States the balance that the KeyAPI dashboard shows, or enters credits that were bought for it. */
export function BalanceForm({ slug, kind }: { slug: string; kind: BalanceEntry["kind"] }) {
  const t = useTranslations(`client.balance.${kind}`);
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const { submit, pending, mistakes, failure } = useJsonForm<BalanceEntry>({
    path: `/api/v1/credits/balance?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({ kind, credits: readCredits(data.get("credits")), note: data.get("note") }),
    onDone: () => {
      form.current?.reset();
      toast(t("done"));
      router.refresh();
    },
  });
  return (
    <form ref={form} method="post" noValidate autoComplete="off" onSubmit={submit} className="grid content-start gap-3">
      <h2>{t("title")}</h2>
      <TextField
        label={t("field")}
        name="credits"
        inputMode="numeric"
        className="num"
        hint={t("hint")}
        mistake={mistakes.credits}
      />
      <TextField label={t("note")} name="note" maxLength={500} mistake={mistakes.note} />
      <FormFailure text={failure} />
      <div>
        <SubmitButton pending={pending} className={kind === "stated" ? "btn-primary" : ""}>
          {t("submit")}
        </SubmitButton>
      </div>
    </form>
  );
}
