"use client";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { calendarMonth } from "@/lib/platform/format/date";
import type { Backfill } from "@/lib/tracking/backfill-schemas";
import { RunButton } from "./run-button";
import { RunProgress } from "./run-progress";
import { SelectField } from "./select-field";

type Props = {
  slug: string;
  /** The route that backfills, without the team; and what it needs beside the months. */
  path: string;
  body?: Record<string, unknown>;
  backfill: Backfill;
  canSpend: boolean;
  /** Of the newest run. */
  canStop: boolean;
  timeZone: string;
};

const CHOICES = [1, 2, 3, 4, 6, 12];
const USUAL = 4;

/** How many months back, at what price, and how the newest backfill stands. */
export function BackfillControls({ slug, path, body, backfill, canSpend, canStop, timeZone }: Props) {
  const t = useTranslations("client.backfill");
  const spend = useTranslations("client.spend");
  const locale = useLocale();
  const { lastRun } = backfill;
  const ended = backfill.months.filter(({ isRunning }) => !isRunning);
  const running = backfill.months.find(({ isRunning }) => isRunning);
  const choices = CHOICES.filter((count) => count < ended.length).concat(ended.length > 0 ? ended.length : []);
  const [wanted, setWanted] = useState(USUAL);
  // Fewer months are left once the provider's past is known to end.
  const count = Math.min(wanted, ended.length);
  const [withRunning, setWithRunning] = useState(false);
  const asked = [...(withRunning && running ? [running] : []), ...ended.slice(0, count)];
  const priceCredits = asked.reduce((sum, { credits }) => sum + credits, 0);
  const oldest = ended[count - 1];
  const end = ended.find(({ isEnd }) => isEnd);

  return (
    <div className="grid gap-2.5">
      {lastRun && <RunProgress slug={slug} run={lastRun} canStop={canStop} />}
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <SelectField label={t("months")} value={count} onChange={(event) => setWanted(Number(event.target.value))}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {t("count", { count: choice })}
            </option>
          ))}
        </SelectField>
        {running && (
          <label className="flex min-h-9 items-center gap-2 max-sm:w-full">
            <input
              type="checkbox"
              className="size-4"
              checked={withRunning}
              onChange={(event) => setWithRunning(event.target.checked)}
            />
            {t("running", { month: calendarMonth(running.month, locale) })}
          </label>
        )}
        {priceCredits > 0 ? (
          <RunButton
            slug={slug}
            path={path}
            body={{ ...body, months: count, running: withRunning }}
            label={t("buy", { count, price: spend("credits", { count: priceCredits }) })}
            priceCredits={priceCredits}
            canSpend={canSpend}
            timeZone={timeZone}
            className="max-sm:w-full"
          />
        ) : (
          <p className="num min-h-9 content-center text-text-2">{t("stored")}</p>
        )}
      </div>
      <p className="hint max-w-[46rem]">
        {oldest && t("back", { month: calendarMonth(oldest.month, locale) })}{" "}
        {end ? t("end", { month: calendarMonth(end.month, locale) }) : t("unknownEnd")}
      </p>
    </div>
  );
}
