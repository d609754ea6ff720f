"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { creditsTyped } from "@/app/_ui/credits-typed";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { ShownOnce } from "@/app/_ui/shown-once";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

const DAY_MS = 86_400_000;
/** How long a token may be valid; "never" is until it is revoked. */
const DAYS = [30, 90, 365] as const;

/** Makes a token for oneself. It is shown in place of nothing else, once; the form is empty for the next. */
export function NewToken({ slug, maySpend }: { slug: string; maySpend: boolean }) {
  const t = useTranslations("client.tokens");
  const router = useRouter();
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const [formKey, setFormKey] = useState(0);
  // What was sent, for the answer that comes later: it names the token and holds no name itself.
  const sentName = useRef("");
  const form = useJsonForm<{ token: string }>({
    path: `/api/v1/tokens?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => {
      sentName.current = String(data.get("name") ?? "").trim();
      const days = Number(data.get("expiresAt"));
      return {
        name: data.get("name"),
        scope: data.get("scope"),
        ...(maySpend ? { limitCredits: creditsTyped(data.get("limitCredits")) } : {}),
        expiresAt: days > 0 ? new Date(Date.now() + days * DAY_MS).toISOString() : null,
      };
    },
    onDone: ({ token }) => {
      setMade({ name: sentName.current, token });
      setFormKey((key) => key + 1);
      router.refresh();
    },
  });
  const { mistakes } = form;

  return (
    <section className="sheet grid gap-3 p-4 sm:p-5" aria-labelledby="new-token">
      <h2 id="new-token">{t("newTitle")}</h2>
      {made && (
        <ShownOnce
          title={t("madeTitle", { name: made.name })}
          text={t("madeText")}
          label={t("token")}
          value={made.token}
          onDone={() => setMade(null)}
        />
      )}
      <form key={formKey} method="post" noValidate className="grid gap-3" onSubmit={form.submit}>
        <div className="grid items-start gap-3 sm:grid-cols-2">
          <TextField label={t("name")} name="name" autoComplete="off" hint={t("nameHint")} mistake={mistakes.name} />
          <SelectField
            label={t("scope")}
            name="scope"
            defaultValue="read"
            hint={t(maySpend ? "scopeHint" : "scopeViewer")}
            mistake={mistakes.scope}
          >
            <option value="read">{t("scopes.read")}</option>
            {maySpend && <option value="read+spend">{t("scopes.spend")}</option>}
          </SelectField>
          {maySpend && (
            <TextField
              label={t("limit")}
              name="limitCredits"
              inputMode="numeric"
              autoComplete="off"
              placeholder={t("noLimit")}
              className="num text-right"
              hint={t("limitHint")}
              mistake={mistakes.limitCredits}
            />
          )}
          <SelectField label={t("expires")} name="expiresAt" defaultValue="90" mistake={mistakes.expiresAt}>
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {t("days", { days })}
              </option>
            ))}
            <option value="">{t("never")}</option>
          </SelectField>
        </div>
        <FormFailure text={form.failure} />
        <SubmitButton pending={form.pending} className="btn-primary justify-self-start">
          {t("create")}
        </SubmitButton>
      </form>
    </section>
  );
}
