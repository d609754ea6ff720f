"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { callApi } from "@/app/_ui/call-api";
import { TextField } from "@/app/_ui/text-field";
import type { RawRetention } from "@/lib/insights/schemas";
import { RawRetentionFacts } from "./raw-retention-facts";

type Props = { slug: string; days: number | null; mistake: string | undefined; readOnly: boolean };

/** Long enough that a number of two digits is asked about once. */
const TYPING_MS = 300;

/** How long raw answers are kept, and what the days as typed would free, before anybody saves them. */
export function RawRetentionField({ slug, days, mistake, readOnly }: Props) {
  const t = useTranslations("client.creditSettings");
  const [typed, setTyped] = useState(String(days ?? ""));
  const [retention, setRetention] = useState<RawRetention | null>(null);

  useEffect(() => {
    setRetention(null);
    if (!/^[1-9]\d{0,4}$/.test(typed)) return;
    let isLate = false;
    const timer = setTimeout(async () => {
      const query = new URLSearchParams({ team: slug, days: typed });
      const answer = await callApi<RawRetention>(`/api/v1/credits/raw-retention?${query}`, { method: "GET" });
      if (!isLate && answer.ok) setRetention(answer.data);
    }, TYPING_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [typed, slug]);

  return (
    <div>
      <TextField
        label={t("rawRetentionDays")}
        name="rawRetentionDays"
        inputMode="numeric"
        autoComplete="off"
        className="num text-right"
        placeholder={t("forEver")}
        defaultValue={days ?? ""}
        readOnly={readOnly}
        hint={t("rawRetentionHint")}
        mistake={mistake}
        onChange={(event) => setTyped(event.target.value.trim())}
      />
      <div role="status">{retention && <RawRetentionFacts retention={retention} />}</div>
    </div>
  );
}
