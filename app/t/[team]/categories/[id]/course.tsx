import { useLocale, useTranslations } from "next-intl";
import { ChartFiles } from "@/app/_ui/charts/chart-files";
import { useLabels } from "@/app/_ui/labels";
import { SaveFoot } from "@/app/_ui/save-table";
import type { TableAddress } from "@/app/_ui/table-address";
import type { CategoryHistory } from "@/lib/insights/history-schemas";
import type { StoredSeries } from "@/lib/insights/read-category";
import { day } from "@/lib/platform/format/date";
import type { ImportedPoint } from "@/lib/tracking/import-schemas";
import type { OwnNumber } from "@/lib/tracking/own-number-schemas";
import { type CategoryAddress, historyFileHref, historyPictureHref, type Mistakes } from "./address";
import { AnswersTable } from "./answers-table";
import { HistoryChart } from "./history-chart";
import { isDrawn } from "./is-drawn";
import { ShownTitle } from "./shown-title";
import { SpanForm } from "./span-form";

type Props = {
  slug: string;
  id: string;
  name: string;
  chosen: CategoryAddress;
  typed: { from?: string; to?: string };
  mistakes: Mistakes;
  /** `Option[]` as JSON, in the order of their names. */
  regionsJson: string;
  /** What there is of the region and window, whatever the span. */
  stored: StoredSeries | undefined;
  history: CategoryHistory;
  answers: TableAddress;
  numbers: OwnNumber[];
  imported: ImportedPoint[];
  now: Date;
  timeZone: string;
};

/** The figure that is chosen over the span that is chosen, and the answers it is made of. */
export function Course(props: Props) {
  const { slug, id, name, chosen, typed, mistakes, regionsJson, stored, history, answers, numbers, imported } = props;
  const { now, timeZone } = props;
  const { region, window, shown } = chosen;
  const t = useTranslations("category");
  const locale = useLocale();
  const labels = useLabels();
  const { points } = history;
  const isMonth = window === "month";
  return (
    <>
      <section className="sheet mt-3 p-3.5" aria-label={t("course")}>
        <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <ShownTitle shown={shown} />
          <span className="grow" />
          {stored && (
            <span className="num text-text-3">
              {isMonth
                ? t("sinceMonth", { month: labels.window(stored.first), count: stored.answers })
                : t("since", { day: day(stored.since, now, locale, timeZone), count: stored.answers })}
            </span>
          )}
          {isDrawn(chosen, { history, numbers, imported }) && (
            <ChartFiles
              href={historyPictureHref(slug, id, chosen)}
              name={t("course")}
              fileName={["nichebook", id, region, window, shown].join("-")}
            />
          )}
        </div>
        <SpanForm slug={slug} id={id} chosen={chosen} typed={typed} mistakes={mistakes} regionsJson={regionsJson} />
        <HistoryChart
          chosen={chosen}
          history={history}
          numbers={numbers}
          imported={imported}
          isStored={stored !== undefined}
          name={name}
          now={now}
          timeZone={timeZone}
        />
      </section>
      {points.length > 0 && (
        <details id="answers" className="sheet mt-3" open={chosen.allAnswers}>
          <summary className="px-3.5 py-2.5 font-semibold">{t("answersTitle", { count: points.length })}</summary>
          <AnswersTable
            slug={slug}
            id={id}
            chosen={chosen}
            points={points}
            table={answers}
            name={name}
            now={now}
            timeZone={timeZone}
          />
          <SaveFoot href={historyFileHref(slug, id, chosen)} name={t("answers")} />
        </details>
      )}
    </>
  );
}
