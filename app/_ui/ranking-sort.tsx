import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { firstDirection, type RankingView, SORT_KEYS, type SortKey } from "@/lib/insights/sort-rows";
import { PopoverPanel } from "./popover-panel";
import { SortArrow } from "./ranking-head";
import { SoftLink } from "./soft-link";

type Props = { view: RankingView; sortHref: (sort: SortKey, dir: "asc" | "desc") => string };

/** Sorting on a phone, where the columns have no heads to press. */
export function RankingSort({ view, sortHref }: Props) {
  const t = useTranslations();
  return (
    <div className="when-cards items-center justify-between gap-2 border-line border-b px-3 py-1.5">
      <button type="button" popoverTarget="ranking-sort" className="btn btn-quiet -ml-2">
        {t("explore.sortChosen", { column: t(`metric.${view.sort}.name`) })}
        <SortArrow dir={view.dir} />
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      <PopoverPanel id="ranking-sort" label={t("explore.sort")}>
        {SORT_KEYS.map((sort) => {
          const active = sort === view.sort;
          const dir = active ? (view.dir === "asc" ? "desc" : "asc") : firstDirection(sort);
          return (
            <SoftLink
              key={sort}
              href={sortHref(sort, dir)}
              scroll={false}
              className="menu-item justify-between"
              aria-current={active ? "true" : undefined}
            >
              <span className={`inline-block first-letter:uppercase ${active ? "font-semibold" : ""}`}>
                {t(`metric.${sort}.name`)}
              </span>
              <span className="text-text-3 text-xs">
                {sort === "category"
                  ? t(dir === "asc" ? "explore.fromA" : "explore.fromZ")
                  : t(dir === "asc" ? "explore.ascending" : "explore.descending")}
              </span>
            </SoftLink>
          );
        })}
      </PopoverPanel>
      <label className="flex items-center gap-2 text-text-2">
        <input type="checkbox" className="all-figures size-4" />
        {t("explore.allFigures")}
      </label>
    </div>
  );
}
