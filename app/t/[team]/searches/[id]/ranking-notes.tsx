import { useTranslations } from "next-intl";
import { Notice } from "@/app/_ui/notice";
import type { Ranking } from "@/lib/insights/assemble-ranking";
import { ageOf } from "@/lib/platform/format/age";

const MOST_NAMED = 5;

/** What does not fit together in a ranking over several pages: holes, differing ages, categories that stand twice. */
export function RankingNotes({ ranking }: { ranking: Ranking }) {
  const t = useTranslations("searches");
  const { holes, older, duplicates, rows, pages, total, whole, reach } = ranking;
  if (pages.length === 0) return null;
  const names = new Map(rows.map((row) => [row.categoryId, row.path.at(-1) ?? row.categoryId]));
  const notes = [
    ...(holes.length > 0 ? [t("holes", { pages: ranges(holes), count: holes.length })] : []),
    ...older.slice(0, MOST_NAMED).map(({ page, newestPage, byMs }) => {
      const { unit, count } = ageOf(new Date(0), new Date(byMs));
      return t("older", { page, newestPage, span: t(`span.${unit}`, { count }) });
    }),
    ...(older.length > MOST_NAMED ? [t("olderMore", { count: older.length - MOST_NAMED })] : []),
    ...duplicates
      .slice(0, MOST_NAMED)
      .map(({ categoryId, positions }) =>
        t("duplicate", { name: names.get(categoryId) ?? categoryId, positions: positions.join(", ") }),
      ),
    ...(duplicates.length > MOST_NAMED ? [t("duplicateMore", { count: duplicates.length - MOST_NAMED })] : []),
    ...(holes.length === 0 && !whole && total !== null ? [t("notWhole", { rows: reach * 20, total })] : []),
  ];
  if (notes.length === 0) return null;
  return (
    <Notice tone="plain" className="mb-2">
      <ul aria-label={t("notes")} className="num grid gap-0.5">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** 2, 3, 4, 7 → "2–4, 7" */
function ranges(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
