"use client";
import { useLocale, useTranslations } from "next-intl";
import { LineChart } from "@/app/_ui/charts/line-chart";
import type { AlertPreview } from "@/lib/alerts/schemas";
import { prepareLineChart } from "@/lib/charts/prepare-line-chart";
import { day } from "@/lib/platform/format/date";

const DAY_MS = 86_400_000;

type Props = { course: NonNullable<AlertPreview["course"]>; figureOf: (value: number | null) => string };

/** The stored course of one item, with a mark for each day on which the rule would have told something. */
export function PreviewCourse({ course, figureOf }: Props) {
  const t = useTranslations("client.alerts");
  const locale = useLocale();
  const { metric, points, fired } = course;
  const xs = points.map(({ x }) => x);
  const chart = prepareLineChart({
    series: [{ key: "course", slot: 0, points }],
    from: Math.min(...xs),
    to: Math.max(...xs),
    maxGap: /^\d+$/.test(course.window) ? Math.max(7, Number(course.window)) : 31,
    marked: fired,
    isRank: metric === null,
  });
  if (!chart) return null;
  const name = course.categoryName ?? course.categoryId;
  const now = new Date();
  return (
    <figure className="grid gap-1">
      <figcaption className="text-text-2">{t("course", { name, count: fired.length })}</figcaption>
      <LineChart
        chart={chart}
        label={t("courseOf", { name })}
        eventText={t("courseMark")}
        figureOf={figureOf}
        markOf={(at) => day(new Date(at * DAY_MS + DAY_MS / 2).toISOString(), now, locale, "UTC")}
      />
    </figure>
  );
}
