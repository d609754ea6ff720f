import { useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { TabLink } from "@/app/_ui/tab-link";
import { spansOf } from "@/app/t/[team]/categories/[id]/address";
import { isIndexable } from "@/lib/insights/index-series";
import { type CompareAddress, compareHref, SCALES, WINDOWS } from "./address";

type Props = { slug: string; chosen: CompareAddress };

/** One click each: over time or by place, the time window, the span, and absolute or as an index. */
export function CompareSwitch({ slug, chosen }: Props) {
  const t = useTranslations();
  const labels = useLabels();
  const tab = (key: string, text: string, change: Partial<CompareAddress>, isOn: boolean) => (
    <TabLink key={key} href={compareHref(slug, chosen, change)} isOn={isOn}>
      {text}
    </TabLink>
  );
  return (
    <div className="mb-2.5 flex flex-wrap items-center gap-x-4 gap-y-1">
      <nav aria-label={t("compare.views")} className="flex flex-wrap gap-0.5">
        {(["time", "where"] as const).map((view) =>
          tab(view, t(`compare.view.${view}`), { view }, view === chosen.view),
        )}
      </nav>
      <nav aria-label={t("explore.window")} className="flex flex-wrap gap-0.5">
        {WINDOWS.map((window) =>
          tab(
            window,
            window === "month" ? t("window.months") : labels.window(window),
            { window },
            window === chosen.window,
          ),
        )}
      </nav>
      {chosen.view === "time" && (
        <>
          <nav aria-label={t("category.span")} className="flex flex-wrap gap-0.5">
            {spansOf(chosen.window).map((span) =>
              tab(span, t(`category.spans.${span}`), { span }, span === chosen.span),
            )}
          </nav>
          {isIndexable(chosen.metric) && (
            <nav aria-label={t("compare.scale")} className="flex flex-wrap gap-0.5">
              {SCALES.map((scale) => tab(scale, t(`compare.scales.${scale}`), { scale }, scale === chosen.scale))}
            </nav>
          )}
        </>
      )}
    </div>
  );
}
