"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { readWebhook, WebhookFields } from "@/app/t/[team]/settings/webhooks/webhook-fields";
import type { Webhook } from "@/lib/webhooks/schemas";

type Props = { slug: string; webhook: Webhook; timeZone: string };

/** Changes a webhook; its address and its bot's secret stay unless they are typed anew. */
export function EditWebhook({ slug, webhook, timeZone }: Props) {
  const t = useTranslations("client.webhooks");
  const router = useRouter();
  const { submit, pending, mistakes, failure } = useJsonForm<Webhook>({
    path: `/api/v1/webhooks/${webhook.id}?team=${encodeURIComponent(slug)}`,
    method: "PUT",
    read: (form) => ({ ...readWebhook(form, webhook), version: webhook.version }),
    onDone: () => {
      toast(t("saved"));
      router.refresh();
    },
  });
  const { format, language } = webhook;
  return (
    <form method="post" noValidate autoComplete="off" onSubmit={submit} className="grid gap-3">
      <WebhookFields format={format} language={language} timeZone={timeZone} mistakes={mistakes} webhook={webhook} />
      <FormFailure text={failure} />
      <SubmitButton pending={pending} className="justify-self-start">
        {t("save")}
      </SubmitButton>
    </form>
  );
}
