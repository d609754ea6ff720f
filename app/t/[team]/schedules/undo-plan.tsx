"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import type { UndonePlan } from "@/lib/schedules/schemas";

/** Gives schedules the rules back that they had before the plan. */
export function UndoPlan({ slug }: { slug: string }) {
  const t = useTranslations("client.plan");
  const words = useTranslations("client.form");
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);

  async function press() {
    setPending(true);
    const path = `/api/v1/schedules/plan?team=${encodeURIComponent(slug)}`;
    const result = await callApi<UndonePlan>(path, { method: "DELETE" });
    setPending(false);
    if (result.ok) {
      toast(t(result.data.kept > 0 ? "undoneInPart" : "undone", { kept: result.data.kept }));
      router.refresh();
    } else toast.error(result.problem.detail ?? words("unexpected"));
  }

  return (
    <button type="button" className="btn justify-self-start" disabled={!awake || pending} onClick={press}>
      {t("undo")}
    </button>
  );
}
