"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { ConfirmAction } from "@/app/_ui/confirm-action";
import { useAwake } from "@/app/_ui/use-awake";
import type { Schedule } from "@/lib/schedules/schemas";

type Props = { slug: string; schedule: Pick<Schedule, "id" | "name" | "pausedAt">; mayRest: boolean };

/** Lets one schedule rest or go on, or ends it. */
export function ScheduleActions({ slug, schedule: { id, name, pausedAt }, mayRest }: Props) {
  const t = useTranslations("client.schedules");
  const words = useTranslations("client.form");
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [asking, setAsking] = useState(false);
  const path = `/api/v1/schedules/${id}?team=${encodeURIComponent(slug)}`;

  async function rest() {
    setPending(true);
    const result = await callApi<Schedule>(path, { method: "PATCH", body: { paused: pausedAt === null } });
    setPending(false);
    if (result.ok) {
      toast(t(pausedAt ? "resumedToast" : "pausedToast", { name }));
      router.refresh();
    } else toast.error(result.problem.detail ?? words("unexpected"));
  }

  return (
    <>
      {mayRest && (
        <button type="button" className="btn" disabled={!awake || pending} onClick={rest}>
          {t(pausedAt ? "resume" : "pause")}
        </button>
      )}
      <button type="button" className="btn btn-quiet text-bad" disabled={!awake} onClick={() => setAsking(true)}>
        {t("delete")}
      </button>
      <ConfirmAction
        open={asking}
        onClose={() => setAsking(false)}
        title={t("deleteTitle", { name })}
        text={t("deleteText")}
        confirm={t("delete")}
        isBad
        call={() => callApi(path, { method: "DELETE" })}
        onDone={() => {
          toast(t("deleted", { name }));
          router.refresh();
        }}
      />
    </>
  );
}
