"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { HoursFields, readHours } from "@/app/_ui/hours-fields";
import { SelectField } from "@/app/_ui/select-field";
import { TextField } from "@/app/_ui/text-field";
import {
  KEYWORD_BOTS,
  SIGNED_BOTS,
  WEBHOOK_SUBJECTS,
  WEBHOOK_TIMINGS,
  type WebhookFormat,
} from "@/lib/webhooks/choices";
import type { Webhook } from "@/lib/webhooks/schemas";

export const NO_HOURS = { digestHour: 8, digestWeekday: 1, quietFrom: null, quietTo: null };

type Props = {
  format: WebhookFormat;
  language: string;
  timeZone: string;
  mistakes: Record<string, string>;
  /** The one that is changed; a new one without. */
  webhook?: Webhook;
};

/** What a webhook is called, where it leads, how its bot is satisfied, and what it is told when. */
export function WebhookFields({ format, language, timeZone, mistakes, webhook }: Props) {
  const t = useTranslations("client.webhooks");
  const [timing, setTiming] = useState<string>(webhook?.timing ?? "at_once");
  return (
    <>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <TextField
          label={t("name")}
          name="name"
          defaultValue={webhook?.name ?? ""}
          hint={t("nameHint")}
          mistake={mistakes.name}
        />
        <TextField
          label={t("url")}
          name="url"
          inputMode="url"
          spellCheck={false}
          hint={webhook ? t("urlKept", { host: webhook.host }) : t("urlHint")}
          mistake={mistakes.url}
        />
        {SIGNED_BOTS.includes(format) && (
          <TextField
            label={t("botSecret")}
            name="botSecret"
            type="password"
            autoComplete="off"
            spellCheck={false}
            hint={t(webhook ? "botSecretKept" : "botSecretHint")}
            mistake={mistakes.botSecret}
          />
        )}
        {KEYWORD_BOTS.includes(format) && (
          <TextField
            label={t("keyword")}
            name="keyword"
            defaultValue={webhook?.keyword ?? ""}
            hint={t("keywordHint")}
            mistake={mistakes.keyword}
          />
        )}
        <SelectField
          label={t("language")}
          name="language"
          defaultValue={webhook?.language ?? language}
          mistake={mistakes.language}
        >
          <option value="en">{t("languages.en")}</option>
          <option value="zh-CN">{t("languages.zh-CN")}</option>
        </SelectField>
        <SelectField
          label={t("timing")}
          name="timing"
          value={timing}
          onChange={({ target }) => setTiming(target.value)}
          mistake={mistakes.timing}
        >
          {WEBHOOK_TIMINGS.map((one) => (
            <option key={one} value={one}>
              {t(`timings.${one}`)}
            </option>
          ))}
        </SelectField>
        <HoursFields timing={timing} hours={webhook ?? NO_HOURS} mistakes={mistakes} timeZone={timeZone} />
      </div>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1">{t("also")}</legend>
        {WEBHOOK_SUBJECTS.map((subject) => (
          <label key={subject} className="flex items-start gap-2">
            <input type="checkbox" name={subject} className="mt-1" defaultChecked={webhook?.[subject] ?? false} />
            {t(subject)}
          </label>
        ))}
      </fieldset>
    </>
  );
}

/** The body that the fields stand for, without what is kept when its field is empty. */
export function readWebhook(form: FormData, webhook?: Webhook) {
  const text = (name: string) => String(form.get(name) ?? "");
  return {
    name: text("name"),
    language: text("language"),
    keyword: text("keyword"),
    ...Object.fromEntries(WEBHOOK_SUBJECTS.map((subject) => [subject, form.get(subject) === "on"])),
    timing: text("timing"),
    ...readHours(form, webhook ?? NO_HOURS),
    ...(webhook && text("url").trim() === "" ? {} : { url: text("url") }),
    ...(webhook && text("botSecret").trim() === "" ? {} : { botSecret: text("botSecret") }),
  };
}
