"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { hourText } from "@/app/_ui/hour-words";
import { Notice } from "@/app/_ui/notice";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { Payers } from "@/app/t/[team]/schedules/choices";
import { RuleFields, readPayer, readRule } from "@/app/t/[team]/schedules/rule-fields";
import { SHARE } from "@/lib/credits/choices";
import type { Schedule, SourceHoursShown } from "@/lib/schedules/schemas";

type Props = { slug: string; schedule: Schedule; payers: Payers; weekDays: string[]; source: SourceHoursShown };

/** Changes when it renews and who pays. When somebody else was faster, what they chose is shown and the fields stay. */
export function EditSchedule({ slug, schedule, payers, weekDays, source }: Props) {
  const t = useTranslations("client.schedules");
  const router = useRouter();
  const path = `/api/v1/schedules/${schedule.id}?team=${encodeURIComponent(slug)}`;
  const [start] = useState(schedule);
  const [version, setVersion] = useState(schedule.version);
  const [theirs, setTheirs] = useState<Schedule | null>(null);
  const { submit, pending, mistakes, failure } = useJsonForm<Schedule>({
    path,
    method: "PATCH",
    read: (data) => ({ rule: readRule(data), ...readPayer(data), version }),
    fieldOf: (named) => named.replace(/^rule\./, ""),
    onDone: (saved) => {
      setTheirs(null);
      setVersion(saved.version);
      toast(t("changed", { name: saved.name }));
      router.refresh();
    },
    onRefused: async ({ reason }) => {
      if (reason !== "edited_meanwhile") return;
      const now = await callApi<Schedule>(path, { method: "GET" });
      if (!now.ok) return;
      setTheirs(now.data);
      setVersion(now.data.version);
    },
  });
  return (
    <form method="post" noValidate autoComplete="off" onSubmit={submit} className="grid gap-3">
      <RuleFields
        slug={slug}
        start={start}
        payers={payers}
        payerId={start.paidBy === "share" ? SHARE : start.owner.id}
        weekDays={weekDays}
        source={source}
        mistakes={mistakes}
      />
      <FormFailure text={failure} />
      {theirs && (
        <Notice tone="warn" title={t("theirsTitle")}>
          <p>
            {t("theirs", {
              cadence: t(`cadences.${theirs.cadence}`),
              day: theirs.cadence === "weekly" ? (weekDays[(theirs.weekDay ?? 1) - 1] ?? "") : (theirs.monthDay ?? ""),
              hour: hourText(theirs.hour),
              owner: theirs.paidBy === "share" ? t("share") : theirs.owner.name,
            })}
          </p>
          <p className="text-text-2">{t("theirsNext")}</p>
        </Notice>
      )}
      <div>
        <SubmitButton pending={pending}>{t("change")}</SubmitButton>
      </div>
    </form>
  );
}
