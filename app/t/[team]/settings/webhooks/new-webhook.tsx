"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { ShownOnce } from "@/app/_ui/shown-once";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { WEBHOOK_FORMATS, type WebhookFormat } from "@/lib/webhooks/choices";
import { readWebhook, WebhookFields } from "./webhook-fields";

type Props = { slug: string; language: string; timeZone: string };
type Made = { id: string; name: string; secret: string | null };

/** Makes a webhook. The secret that signs for a program is shown once; a bot's page comes next. */
export function NewWebhook({ slug, language, timeZone }: Props) {
  const t = useTranslations("client.webhooks");
  const router = useRouter();
  const [format, setFormat] = useState<WebhookFormat>("json");
  const [made, setMade] = useState<Made | null>(null);
  const [formKey, setFormKey] = useState(0);
  const form = useJsonForm<Made>({
    path: `/api/v1/webhooks?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({ ...readWebhook(data), format }),
    onDone: (webhook) => {
      if (webhook.secret === null) {
        toast(t("made"));
        router.push(`/t/${slug}/settings/webhooks/${webhook.id}`);
        return;
      }
      setMade(webhook);
      setFormKey((key) => key + 1);
      router.refresh();
    },
  });
  return (
    <section className="sheet grid gap-3 p-4 sm:p-5" aria-labelledby="new-webhook">
      <h2 id="new-webhook">{t("new")}</h2>
      {made?.secret && (
        <ShownOnce
          title={t("madeTitle", { name: made.name })}
          text={t("madeText")}
          label={t("secret")}
          value={made.secret}
          onDone={() => setMade(null)}
        />
      )}
      <form
        key={formKey}
        method="post"
        noValidate
        autoComplete="off"
        className="grid gap-3"
        onSubmit={form.submit}
        aria-labelledby="new-webhook"
      >
        <SelectField
          label={t("format")}
          name="format"
          value={format}
          onChange={({ target }) => setFormat(target.value as WebhookFormat)}
          mistake={form.mistakes.format}
        >
          {WEBHOOK_FORMATS.map((one) => (
            <option key={one} value={one}>
              {t(`formats.${one}`)}
            </option>
          ))}
        </SelectField>
        <WebhookFields format={format} language={language} timeZone={timeZone} mistakes={form.mistakes} />
        <FormFailure text={form.failure} />
        <SubmitButton pending={form.pending} className="btn-primary justify-self-start">
          {t("create")}
        </SubmitButton>
      </form>
    </section>
  );
}
