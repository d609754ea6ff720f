"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { creditsTyped } from "@/app/_ui/credits-typed";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { TeamCreditSettings } from "@/lib/credits/limit-schemas";
import type { CreditSettings } from "@/lib/credits/schemas";
import { RawRetentionField } from "./raw-retention-field";

type Props = {
  slug: string;
  settings: TeamCreditSettings;
  /** Named on the server: a browser's own list of names differs. */
  currencies: { code: string; name: string }[];
  /** When another first day would hold, and what the next period is, in words. */
  firstDayHint: string;
  mayWrite: boolean;
};

const NUMBERS = [
  "periodFirstDay",
  "confirmAboveCredits",
  "creditPrice",
  "unsettledAfterHours",
  "rawRetentionDays",
] as const;
const USAGE_VISIBILITIES = ["all", "totals", "own"] as const satisfies readonly CreditSettings["usageVisibility"][];
const UNSETTLED_RULES = ["ask", "charged", "not_charged"] as const satisfies readonly CreditSettings["unsettledRule"][];
const WORDS = ["creditCurrency", "usageVisibility", "unsettledRule"] as const;

/** What a team decides about its credits beside the limits. Only what was changed is sent. */
export function SettingsForm({ slug, settings, currencies, firstDayHint, mayWrite }: Props) {
  const t = useTranslations("client.creditSettings");
  const toasts = useTranslations("client.toast");
  const router = useRouter();
  const form = useJsonForm({
    path: `/api/v1/credits/settings?team=${encodeURIComponent(slug)}`,
    method: "PATCH",
    read: (data) => {
      const typed = [
        ...NUMBERS.map((name) => [name, creditsTyped(data.get(name))] as const),
        ...WORDS.map((name) => [name, data.get(name) || null] as const),
      ];
      return Object.fromEntries(typed.filter(([name, value]) => value !== settings[name]));
    },
    onDone: () => {
      toast(toasts("saved"));
      router.refresh();
    },
  });
  const { mistakes } = form;
  const number = (name: (typeof NUMBERS)[number], hint: string, placeholder?: string) => (
    <TextField
      label={t(name)}
      name={name}
      inputMode={name === "creditPrice" ? "decimal" : "numeric"}
      autoComplete="off"
      className="num text-right"
      placeholder={placeholder}
      defaultValue={settings[name] ?? ""}
      readOnly={!mayWrite}
      hint={hint}
      mistake={mistakes[name]}
    />
  );

  return (
    <form method="post" noValidate className="sheet grid gap-4 p-4 sm:p-5" onSubmit={form.submit}>
      <h2>{t("title")}</h2>
      <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
        {number("periodFirstDay", firstDayHint)}
        {number("confirmAboveCredits", t("confirmAboveHint"), t("never"))}
        {number("creditPrice", t("creditPriceHint"), t("notSet"))}
        <SelectField
          label={t("creditCurrency")}
          name="creditCurrency"
          defaultValue={settings.creditCurrency ?? ""}
          disabled={!mayWrite}
          hint={t("creditCurrencyHint")}
          mistake={mistakes.creditCurrency}
        >
          <option value="">{t("notSet")}</option>
          {currencies.map(({ code, name }) => (
            <option key={code} value={code}>
              {code} · {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("usageVisibility")}
          name="usageVisibility"
          defaultValue={settings.usageVisibility}
          disabled={!mayWrite}
          hint={t("usageVisibilityHint")}
          mistake={mistakes.usageVisibility}
        >
          {USAGE_VISIBILITIES.map((value) => (
            <option key={value} value={value}>
              {t(`visibility.${value}`)}
            </option>
          ))}
        </SelectField>
        <RawRetentionField
          slug={slug}
          days={settings.rawRetentionDays}
          mistake={mistakes.rawRetentionDays}
          readOnly={!mayWrite}
        />
        <SelectField
          label={t("unsettledRule")}
          name="unsettledRule"
          defaultValue={settings.unsettledRule}
          disabled={!mayWrite}
          hint={t("unsettledRuleHint")}
          mistake={mistakes.unsettledRule}
        >
          {UNSETTLED_RULES.map((value) => (
            <option key={value} value={value}>
              {t(`rule.${value}`)}
            </option>
          ))}
        </SelectField>
        {number("unsettledAfterHours", t("unsettledAfterHint"))}
      </div>
      <FormFailure text={form.failure} />
      {mayWrite && (
        <div>
          <SubmitButton pending={form.pending}>{t("save")}</SubmitButton>
        </div>
      )}
    </form>
  );
}
