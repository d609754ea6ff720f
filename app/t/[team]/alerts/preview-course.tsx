"use client";
import { useLocale, useTranslations } from "next-intl";
import { ChartFiles } from "@/app/_ui/charts/chart-files";
import { LineChart } from "@/app/_ui/charts/line-chart";
import { useLocalPages } from "@/app/_ui/local-pages";
import { SaveTable } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { AlertPreview } from "@/lib/alerts/schemas";
import { day } from "@/lib/platform/format/date";
import { courseChart } from "./course-chart";

const DAY_MS = 86_400_000;

type Props = {
  course: NonNullable<AlertPreview["course"]>;
  figureOf: (value: number | null) => string;
  /** What the figure is called. */
  figureName: string;
  /** The address of a file of what was tried. */
  fileOf: (ending: "svg" | "csv") => string;
};

/** The stored course of one item, with a mark for each day on which the rule would have told something. */
export function PreviewCourse({ course, figureOf, figureName, fileOf }: Props) {
  const t = useTranslations("client.alerts");
  const locale = useLocale();
  const { points, fired, region, window } = course;
  const days = useLocalPages(points.toReversed());
  const chart = courseChart(course);
  if (!chart) return null;
  const name = course.categoryName ?? course.categoryId;
  const label = t("courseOf", { name });
  const now = new Date();
  const dayOf = (at: number) => day(new Date(at * DAY_MS + DAY_MS / 2).toISOString(), now, locale, "UTC");
  return (
    <figure className="grid min-w-0 gap-1 *:min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <figcaption className="text-text-2">{t("course", { name, count: fired.length })}</figcaption>
        <ChartFiles
          href={fileOf("svg")}
          name={label}
          fileName={["nichebook", "alert", course.categoryId, region, window].join("-")}
        />
      </div>
      <LineChart chart={chart} label={label} eventText={t("courseMark")} figureOf={figureOf} markOf={dayOf} />
      <details>
        <summary className="w-fit text-text-3 text-xs hover:text-text">
          <span className="dotted">{t("courseTable")}</span>
        </summary>
        <ScrollRegion label={label} className="mt-2 max-h-80 overflow-auto">
          <table className="table" aria-label={label}>
            <thead>
              <tr>
                <th scope="col" className="l">
                  {t("courseDay")}
                </th>
                <th scope="col">{figureName}</th>
                <th scope="col" className="l">
                  {t("courseTold")}
                </th>
              </tr>
            </thead>
            <tbody>
              {days.shown.map(({ x, value }) => (
                <tr key={x}>
                  <th scope="row" className="l">
                    {dayOf(x)}
                  </th>
                  <td>{figureOf(value)}</td>
                  <td className="l">{fired.includes(x) && t("courseYes")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
        {days.foot}
        <p className="flex flex-wrap justify-end py-1">
          <SaveTable href={fileOf("csv")} name={label} />
        </p>
      </details>
    </figure>
  );
}
