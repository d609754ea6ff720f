import { useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { SoftLink } from "@/app/_ui/soft-link";
import type { StoredSeries } from "@/lib/insights/read-category";
import type { Region } from "@/lib/insights/schemas";
import { type CategoryAddress, categoryViewHref } from "./address";

const WINDOWS = ["1", "7", "30", "month"] as const;

type Props = { slug: string; id: string; chosen: CategoryAddress; series: StoredSeries[] };

/** The windows and the regions that something is stored of, one click each, with how much there is. */
export function SeriesSwitch({ slug, id, chosen, series }: Props) {
  const t = useTranslations();
  const labels = useLabels();
  const stored = (region: string, window: string) =>
    series.find((one) => one.region === region && one.window === window)?.answers ?? 0;
  const regions = [...new Set([chosen.region, ...series.map(({ region }) => region as Region)])].sort((a, b) =>
    labels.region(a).localeCompare(labels.region(b)),
  );
  const tab = (key: string, change: Partial<CategoryAddress>, text: string, isOn: boolean, answers: number) => (
    <SoftLink
      key={key}
      href={categoryViewHref(slug, id, chosen, change)}
      scroll={false}
      className={`tab ${answers === 0 && !isOn ? "text-text-3!" : ""}`}
      aria-current={isOn ? "true" : undefined}
      title={t("category.answersStored", { count: answers })}
    >
      {text}
    </SoftLink>
  );
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <nav aria-label={t("explore.window")} className="flex flex-wrap gap-0.5">
        {WINDOWS.map((window) =>
          tab(
            window,
            { window },
            window === "month" ? t("window.months") : labels.window(window),
            window === chosen.window,
            stored(chosen.region, window),
          ),
        )}
      </nav>
      <nav aria-label={t("explore.region")} className="flex flex-wrap gap-0.5">
        {regions.map((region) =>
          tab(region, { region }, labels.region(region), region === chosen.region, stored(region, chosen.window)),
        )}
      </nav>
    </div>
  );
}
