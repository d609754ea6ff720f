"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";

/** Lets all schedules rest, or go on. */
export function PauseAll({ slug, isAllPaused }: { slug: string; isAllPaused: boolean }) {
  const t = useTranslations("client.schedules");
  const words = useTranslations("client.form");
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);

  async function press() {
    setPending(true);
    const path = `/api/v1/schedules/pause?team=${encodeURIComponent(slug)}`;
    const result = await callApi(path, { method: "POST", body: { paused: !isAllPaused } });
    setPending(false);
    if (result.ok) {
      toast(t(isAllPaused ? "allResumed" : "allPaused"));
      router.refresh();
    } else toast.error(result.problem.detail ?? words("unexpected"));
  }

  return (
    <button type="button" className="btn self-center" disabled={!awake || pending} onClick={press}>
      {t(isAllPaused ? "resumeAll" : "pauseAll")}
    </button>
  );
}
