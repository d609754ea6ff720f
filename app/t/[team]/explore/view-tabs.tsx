import { useTranslations } from "next-intl";
import { TabLink } from "@/app/_ui/tab-link";
import type { Question } from "@/lib/insights/schemas";
import { PRESETS, type RankingView } from "@/lib/insights/sort-rows";
import { exploreHref } from "./address";

type Props = {
  slug: string;
  question: Question;
  view: RankingView;
  shown: number;
  rows: number;
  total: number | null;
};

/** Ready-made views, and beside them how much of the whole the order covers. */
export function ViewTabs({ slug, question, view, shown, rows, total }: Props) {
  const t = useTranslations();
  return (
    <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <nav aria-label={t("explore.presets")} className="-mx-3.5 flex gap-0.5 overflow-x-auto px-3.5 md:mx-0 md:px-0">
        {PRESETS.map((preset) => (
          <TabLink key={preset} href={exploreHref(slug, { question, view: { preset } })} isOn={preset === view.preset}>
            {t(`explore.preset.${preset}`)}
          </TabLink>
        ))}
      </nav>
      <p className="num text-text-3">{scope()}</p>
    </div>
  );

  /** A sort covers only what is stored of this page: it says so. */
  function scope(): string {
    const matching = view.preset === "all" ? "" : `${t("explore.matching", { shown, rows })} · `;
    if (view.sort === "position" && view.dir === "asc") {
      return (
        matching + (total === null ? t("explore.inOrderUnknown", { rows }) : t("explore.inOrder", { rows, total }))
      );
    }
    const column = t(`metric.${view.sort}.name`);
    return (
      matching +
      (total === null ? t("explore.sortedByUnknown", { column, rows }) : t("explore.sortedBy", { column, rows, total }))
    );
  }
}
