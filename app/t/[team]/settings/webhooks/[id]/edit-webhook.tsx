"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { readWebhook, WebhookFields } from "@/app/t/[team]/settings/webhooks/webhook-fields";
import type { Webhook } from "@/lib/webhooks/schemas";

type Props = { slug: string; webhook: Webhook; timeZone: string };

/** Changes a webhook; its address and its bot's secret stay unless they are typed anew. */
export function EditWebhook({ slug, webhook: given, timeZone }: Props) {
  const t = useTranslations("client.webhooks");
  const router = useRouter();
  const path = `/api/v1/webhooks/${given.id}?team=${encodeURIComponent(slug)}`;
  // What is typed stays, also when the page learns of a newer version.
  const [webhook, setWebhook] = useState(given);
  const [version, setVersion] = useState(given.version);
  const { submit, pending, mistakes, failure } = useJsonForm<Webhook>({
    path,
    method: "PUT",
    read: (form) => ({ ...readWebhook(form, webhook), version }),
    onDone: (saved) => {
      toast(t("saved"));
      setWebhook(saved);
      setVersion(saved.version);
      router.refresh();
    },
    // What somebody else made of it stands above the form then.
    onRefused: async ({ reason }) => {
      if (reason !== "edited_meanwhile") return;
      const now = await callApi<Webhook>(path, { method: "GET" });
      if (now.ok) setVersion(now.data.version);
      router.refresh();
    },
  });
  const { format, language } = webhook;
  return (
    <form key={webhook.version} method="post" noValidate autoComplete="off" onSubmit={submit} className="grid gap-3">
      <WebhookFields format={format} language={language} timeZone={timeZone} mistakes={mistakes} webhook={webhook} />
      <FormFailure text={failure} />
      <SubmitButton pending={pending} className="justify-self-start">
        {t("save")}
      </SubmitButton>
    </form>
  );
}
