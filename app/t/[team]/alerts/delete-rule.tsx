"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { useAwake } from "@/app/_ui/use-awake";

/** Deletes a rule, with a way back. */
export function DeleteRule({ slug, id }: { slug: string; id: string }) {
  const t = useTranslations("client");
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const team = `?team=${encodeURIComponent(slug)}`;

  async function undo() {
    const back = await callApi(`/api/v1/alerts/rules/${id}/restore${team}`, { method: "POST" });
    toast(t(back.ok ? "alerts.restored" : "alerts.notRestored"));
    if (back.ok) router.push(`/t/${slug}/alerts/rules/${id}`);
  }

  async function remove() {
    setPending(true);
    const result = await callApi(`/api/v1/alerts/rules/${id}${team}`, { method: "DELETE" });
    setPending(false);
    if (!result.ok) {
      const { code, detail } = result.problem;
      setFailure(code === "offline" ? t("form.offline") : (detail ?? t("form.unexpected")));
      return;
    }
    router.push(`/t/${slug}/alerts`);
    toast(t("alerts.deleted"), {
      duration: 15_000,
      action: { label: t("alerts.undo"), onClick: () => void undo() },
    });
  }

  return (
    <div className="grid justify-items-start gap-2">
      <button type="button" className="btn btn-quiet btn-bad" disabled={!awake || pending} onClick={remove}>
        {t("alerts.delete")}
      </button>
      <FormFailure text={failure} />
    </div>
  );
}
