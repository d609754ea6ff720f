"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { useAwake } from "@/app/_ui/use-awake";

type Props = { slug: string; minutes: number; version: number; span: string };

/** Sets the team's freshness with one press, on the settings that the page was made from. */
export function SetFreshness({ slug, minutes, version, span }: Props) {
  const t = useTranslations("client");
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function set() {
    setPending(true);
    setFailure(null);
    const result = await callApi(`/api/v1/team?team=${encodeURIComponent(slug)}`, {
      method: "PATCH",
      body: { freshnessMinutes: minutes, version },
    });
    setPending(false);
    if (result.ok) {
      toast(t("savings.done", { span }));
      router.refresh();
      return;
    }
    const { code, reason, detail } = result.problem;
    if (reason === "edited_meanwhile") setFailure(t("savings.meanwhile"));
    else setFailure(code === "offline" ? t("form.offline") : (detail ?? t("form.unexpected")));
  }

  return (
    <div className="grid justify-items-end gap-1">
      <button
        type="button"
        className="btn"
        disabled={!awake || pending}
        data-asleep={awake ? undefined : ""}
        onClick={set}
      >
        {t("savings.set", { span })}
      </button>
      <FormFailure text={failure} />
    </div>
  );
}
