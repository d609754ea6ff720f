"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";
import type { Delivery } from "@/lib/webhooks/schemas";

type Props = { slug: string; webhookId: string; deliveryId: string; what: string };

/** Sends a message once more, under its own id; the log shows what came of it. */
export function Redeliver({ slug, webhookId, deliveryId, what }: Props) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [calling, setCalling] = useState(false);
  const [refreshing, startRefresh] = useTransition();
  const pending = calling || refreshing;

  async function send() {
    setCalling(true);
    const path = `/api/v1/webhooks/${webhookId}/deliveries/${deliveryId}/redeliver?team=${encodeURIComponent(slug)}`;
    const result = await callApi<Delivery>(path, { method: "POST" });
    setCalling(false);
    if (result.ok) {
      toast(t(result.data.state === "delivered" ? "webhooks.redelivered" : "webhooks.notRedelivered"));
      return startRefresh(() => router.refresh());
    }
    toast.error(failureText(result.problem));
  }

  return (
    <button
      type="button"
      className="btn"
      disabled={!awake || pending}
      aria-busy={pending}
      data-asleep={awake ? undefined : ""}
      aria-label={t("webhooks.redeliverOf", { what })}
      onClick={send}
    >
      {t("webhooks.redeliver")}
    </button>
  );
}
