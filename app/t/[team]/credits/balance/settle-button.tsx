"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";
import type { SettledMany } from "@/lib/credits/schemas";

type Props = { slug: string; ids: string[]; charged: boolean; reason: string; label: string };

/** Settles the named requests as the stated balance suggests. */
export function SettleButton({ slug, ids, charged, reason, label }: Props) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function press() {
    setPending(true);
    setFailure(null);
    const result = await callApi<SettledMany>(`/api/v1/credits/requests/settle?team=${encodeURIComponent(slug)}`, {
      method: "POST",
      body: { ids, charged, reason },
    });
    setPending(false);
    if (!result.ok) {
      setFailure(failureText(result.problem));
      return;
    }
    const settled = result.data.items.filter((item) => item.result === "settled").length;
    const underWay = result.data.items.filter((item) => item.result === "under_way").length;
    toast(
      t("unsettled.settled", { count: settled }) +
        (underWay > 0 ? ` · ${t("unsettled.underWay", { count: underWay })}` : ""),
    );
    router.refresh();
  }

  return (
    <>
      <button type="button" className="btn" disabled={!awake || pending} aria-busy={pending} onClick={press}>
        {label}
      </button>
      <FormFailure text={failure} />
    </>
  );
}
