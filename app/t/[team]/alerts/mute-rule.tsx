"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";

/** Silences a rule, or lets it speak again. */
export function MuteRule({ slug, id, muted }: { slug: string; id: string; muted: boolean }) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [refreshing, refresh] = useTransition();

  async function change() {
    setPending(true);
    const path = `/api/v1/alerts/rules/${id}/mute?team=${encodeURIComponent(slug)}`;
    const result = await callApi(path, { method: "PUT", body: { muted: !muted } });
    setPending(false);
    if (result.ok) refresh(() => router.refresh());
    else toast(failureText(result.problem));
  }

  return (
    <button type="button" className="btn btn-quiet" disabled={!awake || pending || refreshing} onClick={change}>
      {t(muted ? "alerts.unmute" : "alerts.mute")}
    </button>
  );
}
