"use client";
import { useLocale, useTranslations } from "next-intl";
import { PreviewCourse } from "@/app/t/[team]/alerts/preview-course";
import type { AlertPreview } from "@/lib/alerts/schemas";
import { moment } from "@/lib/platform/format/date";
import { figure } from "@/lib/platform/format/figure";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import type { RuleOptions } from "./rule-choices";

type Props = {
  preview: AlertPreview;
  options: RuleOptions;
  timeZone: string;
  /** The address of a file of what was tried. */
  fileOf: (ending: "svg" | "csv") => string;
};

/** How often a rule would have told something, and what. */
export function PreviewResult({ preview, options, timeZone, fileOf }: Props) {
  const t = useTranslations("client.alerts");
  const locale = useLocale();
  const { days, answers, count, firings, cut, course, condition, metric } = preview;
  const figureOf = (value: number | null) => {
    if (condition === "older_than") return t("daysOld", { count: value ?? 0 });
    if (metric !== null) return figure(value, options.kinds[metric], locale);
    return value === null ? MISSING : `#${exactNumber(value, locale)}`;
  };
  const regionOf = (region: string) => options.regions.find(({ value }) => value === region)?.label ?? region;
  const now = new Date();
  return (
    <section className="notice grid gap-2" aria-label={t("preview")}>
      <p className="font-semibold">
        {answers === 0
          ? t("nothingStored", { days })
          : count === 0
            ? t("wouldNot", { days })
            : t("wouldHave", { count, days })}
      </p>
      <p className="text-text-2">{t("triedOn", { count: answers })}</p>
      {course && (
        <PreviewCourse
          course={course}
          figureOf={figureOf}
          figureName={metric === null ? t("position") : options.metrics[metric]}
          fileOf={fileOf}
        />
      )}
      {firings.length > 0 && (
        <ul className="num grid gap-1">
          {firings.map((one) => (
            <li key={`${one.newAt}/${one.categoryId}/${one.region}`} className="flex flex-wrap gap-x-2">
              <time dateTime={one.newAt} className="text-text-3">
                {moment(one.newAt, now, locale, timeZone)}
              </time>
              <span className="wrap-anywhere">{one.categoryName ?? one.categoryId}</span>
              <span className="text-text-2">{regionOf(one.region)}</span>
              <span>
                {condition === "older_than"
                  ? figureOf(one.newValue)
                  : `${figureOf(one.oldValue)} → ${figureOf(one.newValue)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {count > firings.length && <p className="text-text-3">{t("newestShown", { count: firings.length })}</p>}
      {cut && <p className="text-text-3">{t("cut")}</p>}
    </section>
  );
}
