"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { type CallResult, callApi } from "@/app/_ui/call-api";
import { ConfirmAction } from "@/app/_ui/confirm-action";
import { FormFailure } from "@/app/_ui/form-failure";
import { ShownOnce } from "@/app/_ui/shown-once";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";
import type { Delivery, Webhook } from "@/lib/webhooks/schemas";

/** What one does with a webhook: try it, silence it, give it a new secret, delete it. */
export function WebhookActions({ slug, webhook }: { slug: string; webhook: Webhook }) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [asks, setAsks] = useState<"secret" | "delete" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const { id, name, format, offReason } = webhook;
  const path = (after = "") => `/api/v1/webhooks/${id}${after}?team=${encodeURIComponent(slug)}`;

  async function press<Data>(call: () => Promise<CallResult<Data>>, onDone: (data: Data) => void) {
    setPending(true);
    setFailure(null);
    const result = await call();
    setPending(false);
    if (result.ok) {
      onDone(result.data);
      router.refresh();
      return;
    }
    setFailure(failureText(result.problem));
  }

  const test = () =>
    press(
      () => callApi<Delivery>(path("/test"), { method: "POST" }),
      ({ state }) => toast(t(state === "delivered" ? "webhooks.tested" : "webhooks.notTested")),
    );
  const toggle = () => {
    const on = offReason !== null;
    return press(
      () => callApi(path("/switch"), { method: "PUT", body: { on } }),
      () => toast(t(on ? "webhooks.switchedOn" : "webhooks.switchedOff")),
    );
  };
  const button = (label: string, onClick: () => void, look = "") => (
    <button
      type="button"
      className={`btn ${look}`}
      disabled={!awake || pending}
      aria-busy={pending}
      data-asleep={awake ? undefined : ""}
      onClick={onClick}
    >
      {label}
    </button>
  );
  return (
    <div className="grid gap-3">
      {secret && (
        <ShownOnce
          title={t("webhooks.rotatedTitle", { name })}
          text={t("webhooks.madeText")}
          label={t("webhooks.secret")}
          value={secret}
          onDone={() => setSecret(null)}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {button(t("webhooks.test"), test, "btn-primary")}
        {button(t(offReason === null ? "webhooks.off" : "webhooks.on"), toggle)}
        {format === "json" && button(t("webhooks.rotate"), () => setAsks("secret"))}
        {button(t("webhooks.delete"), () => setAsks("delete"), "btn-quiet btn-bad")}
      </div>
      <FormFailure text={failure} />
      <ConfirmAction<{ secret: string }>
        open={asks === "secret"}
        onClose={() => setAsks(null)}
        title={t("webhooks.rotateTitle", { name })}
        text={t("webhooks.rotateText")}
        confirm={t("webhooks.rotate")}
        call={() => callApi(path("/secret"), { method: "POST" })}
        onDone={(made) => {
          setSecret(made.secret);
          router.refresh();
        }}
      />
      <ConfirmAction
        open={asks === "delete"}
        onClose={() => setAsks(null)}
        title={t("webhooks.deleteTitle", { name })}
        text={t("webhooks.deleteText")}
        confirm={t("webhooks.delete")}
        isBad
        call={() => callApi(path(), { method: "DELETE" })}
        onDone={() => {
          toast(t("webhooks.deleted"));
          router.push(`/t/${slug}/settings/webhooks`);
        }}
      />
    </div>
  );
}
