import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Change } from "@/app/_ui/change";
import { figureText } from "@/app/_ui/metric-columns";
import type { Metric } from "@/lib/insights/schemas";
import { isStep } from "@/lib/insights/within-rounding";
import type { WatchViewItem } from "@/lib/tracking/watch-view";

type Props = {
  item: WatchViewItem;
  metric: Metric;
  /** What the change is counted from. */
  before: WatchViewItem["before"][number] | null;
  dayOf: (at: string) => string;
  children: ReactNode;
};

/** A figure with its course and its change since an earlier answer, both of whose days the hover names. */
export function FigureCell({ item, metric, before, dayOf, children }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const label = t(`metric.${metric}.label`);
  if (!item.current) {
    return (
      <td className="wfig" data-label={label}>
        <span className="text-text-3">{figureText(null, metric, locale).text}</span>
      </td>
    );
  }
  const { text, exact } = figureText(item.current.figures[metric], metric, locale);
  const [from, to] = [before?.figures[metric] ?? null, item.current.figures[metric]];
  const pct = from === null || to === null || from === 0 ? null : ((to - from) / Math.abs(from)) * 100;
  const since = before
    ? t("watchlists.since", {
        value: figureText(before.figures[metric], metric, locale).text,
        day: dayOf(before.fetchedAt),
      })
    : t("watchlists.sinceNothing");
  return (
    <td className="wfig" data-label={label} title={[exact, since].filter(Boolean).join(" · ")}>
      <span className="flex items-center justify-end gap-2 max-sm:justify-start">
        {children}
        <span className="min-w-[3.4rem] max-sm:order-first max-sm:min-w-0">{text}</span>
      </span>
      <span className="block text-xs">
        <Change pct={pct} rounding={isStep(from, to) ? t("watchlists.withinRounding") : null} />
      </span>
    </td>
  );
}
