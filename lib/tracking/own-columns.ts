import "server-only";
import { METRIC_KEYS, metricColumn } from "@/lib/insights/csv-columns";
import { METRICS, type Metric } from "@/lib/insights/schemas";
import type { CsvColumn } from "@/lib/platform/csv";
import type { HistoryImport, ImportedFigures, ImportedPoint } from "./import-schemas";
import type { CategoryNote } from "./note-schemas";
import { OWN_FIGURES, type OwnFigure, type OwnNumber } from "./own-number-schemas";
import type { ImportedLine } from "./read-import-points";

// What a team typed or brought itself: it has no receipt, and says so where the provider's figures name their source.

type Named = { id: string; name: string | null };

const importedFigures = <Row extends { figures: ImportedFigures }>(): CsvColumn<Row>[] => [
  { key: "rank", value: ({ figures }) => figures.rank ?? null },
  ...METRICS.flatMap((metric) =>
    metric === "postsChangePct" ? [] : metricColumn<Row>(metric, ({ figures }) => figures[metric] ?? null),
  ),
];

/** What sheets say of one category in a region and window; of several sheets the newest. */
export const importedColumns = (
  { id, name }: Named,
  { region, window }: { region: string; window: string },
): readonly CsvColumn<ImportedPoint>[] => [
  { key: "day_or_month", value: ({ at }) => at },
  { key: "category_id", value: () => id },
  { key: "category", value: () => name },
  { key: "source", value: () => "imported" },
  { key: "region", value: () => region },
  { key: "window", value: () => window },
  ...importedFigures<ImportedPoint>(),
  { key: "sheet", value: ({ importName }) => importName },
];

/** All that one sheet says. */
export const sheetColumns = ({
  name,
  window,
}: Pick<HistoryImport, "name" | "window">): readonly CsvColumn<ImportedLine>[] => [
  { key: "day_or_month", value: ({ at }) => at },
  { key: "category_id", value: ({ categoryId }) => categoryId },
  { key: "category", value: ({ categoryName }) => categoryName },
  { key: "source", value: () => "imported" },
  { key: "region", value: ({ region }) => region },
  { key: "window", value: () => window },
  ...importedFigures<ImportedLine>(),
  { key: "sheet", value: () => name },
];

export const IMPORT_COLUMNS: readonly CsvColumn<HistoryImport>[] = [
  { key: "import_id", value: ({ id }) => id },
  { key: "sheet", value: ({ name }) => name },
  { key: "window", value: ({ window }) => window },
  { key: "rows", value: ({ rows }) => rows },
  { key: "member", value: ({ maker }) => maker?.name ?? null },
  { key: "created_at", value: ({ createdAt }) => createdAt },
];

/** An amount of the team's own has its currency beside it, which the dictionary's unit says is not stated. */
const ownFigureColumn = (figure: OwnFigure): CsvColumn<OwnNumber> => ({
  ...metricColumn<OwnNumber>(figure, (number) => number[figure]),
  ...(figure === "cpa" || figure === "cost" ? { words: (t) => t(`metric.${figure}.label`) } : {}),
});

export const ownNumberColumns = ({ name }: Pick<Named, "name">): readonly CsvColumn<OwnNumber>[] => [
  { key: "month", value: ({ month }) => month },
  { key: "category_id", value: ({ categoryId }) => categoryId },
  { key: "category", value: () => name },
  { key: "source", value: () => "own" },
  { key: "region", value: ({ region }) => region },
  ...OWN_FIGURES.map(ownFigureColumn),
  { key: "currency", value: ({ currency }) => currency },
  { key: "member", value: ({ maker }) => maker?.name ?? null },
  { key: "updated_at", value: ({ updatedAt }) => updatedAt },
];

type Words = Parameters<NonNullable<CsvColumn<CategoryNote>["words"]>>[0];

/** A stored figure of the one side of a decision. */
const sideColumn = (side: "before" | "after", metric: Metric): CsvColumn<CategoryNote> => {
  const { words } = metricColumn<CategoryNote>(metric, () => null);
  return {
    key: `${METRIC_KEYS[metric]}_${side}`,
    value: (note) => note[side]?.figures[metric] ?? null,
    words: (t: Words) => t(`csv.decision.${side}`, { column: words?.(t) ?? metric }),
  };
};

/** Decisions and notes, with what is stored from before each and since. */
export const noteColumns = (
  { name }: Pick<Named, "name">,
  source: string | null,
): readonly CsvColumn<CategoryNote>[] => [
  { key: "note_id", value: ({ id }) => id },
  { key: "kind", value: ({ kind }) => kind },
  { key: "decided_on", value: ({ decidedOn }) => decidedOn },
  { key: "recheck_on", value: ({ recheckOn }) => recheckOn },
  { key: "due", value: ({ isDue }) => (isDue ? "yes" : "no") },
  { key: "text", value: ({ text }) => text },
  { key: "member", value: ({ maker }) => maker?.name ?? null },
  { key: "category_id", value: ({ categoryId }) => categoryId },
  { key: "category", value: () => name },
  { key: "source", value: () => source },
  { key: "region", value: ({ region }) => region },
  { key: "window", value: ({ window }) => window },
  ...METRICS.map((metric) => sideColumn("before", metric)),
  { key: "before_fetched_at", value: ({ before }) => before?.fetchedAt ?? null },
  ...METRICS.map((metric) => sideColumn("after", metric)),
  { key: "after_fetched_at", value: ({ after }) => after?.fetchedAt ?? null },
];
