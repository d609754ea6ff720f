"use client";
import { useTranslations } from "next-intl";
import { TextField } from "@/app/_ui/text-field";

type Props = { days: number | null; mistake: string | undefined; readOnly: boolean };

/** How long raw answers are kept. */
export function RawRetentionField({ days, mistake, readOnly }: Props) {
  const t = useTranslations("client.creditSettings");
  return (
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
    />
  );
}
