import "server-only";
import type { Ranking } from "@/lib/insights/assemble-ranking";
import { topCategoryName } from "@/lib/insights/category-names";
import { PAGE_SIZE, type RankingRow } from "@/lib/insights/schemas";
import { type RankingView, sortRows } from "@/lib/insights/sort-rows";
import { type TableLook, type TablePage, tablePageOf } from "@/lib/platform/format/table-page";
import type { RowChange } from "@/lib/tracking/compare-rankings";
import type { SearchChanges } from "@/lib/tracking/read-changes";

export const KINDS = ["all", "new", "gone", "up", "down"] as const;
export type Kind = (typeof KINDS)[number];

type Of = { look: TableLook; ownNames: ReadonlyMap<string, string>; locale: string };

/** What a row is found by: its category's name and the team's own, what it stands below, and its id. */
const textsOf =
  ({ ownNames, locale }: Of) =>
  ({ categoryId, path: [top = null, ...rest] }: Pick<RankingRow, "categoryId" | "path">) => [
    ownNames.get(categoryId ?? "") ?? null,
    top && topCategoryName(top, locale),
    top,
    ...rest,
    categoryId,
  ];

/** A page of rows of a ranking, sorted as a whole. */
export const rankingPage = (rows: readonly RankingRow[], view: RankingView, of: Of): TablePage<RankingRow> =>
  tablePageOf(sortRows(rows, { ...view, preset: "all" }), of.look, textsOf(of));

/** A page of what changed, of one kind or of all. */
export const changesPage = (changes: readonly RowChange[], kind: Kind, of: Of): TablePage<RowChange> =>
  tablePageOf(
    changes.filter((change) => kind === "all" || change.kind === kind),
    of.look,
    ({ categoryId, after, before }) => textsOf(of)({ categoryId, path: (after ?? before)?.path ?? [] }),
  );

/** The answers that rows of a ranking were read from. */
export function receiptsOf(pages: Ranking["pages"], rows: readonly (RankingRow | null)[]): string[] {
  const receipts = new Map(pages.map(({ page, receiptId }) => [page, receiptId]));
  return [...new Set(rows.flatMap((row) => (row && receipts.get(Math.ceil(row.position / PAGE_SIZE))) ?? []))];
}

/** The answers that changes were told from, on both sides. */
export const receiptsOfChanges = ({ pages }: SearchChanges, changes: readonly RowChange[]): string[] => [
  ...receiptsOf(
    pages.after,
    changes.map(({ after }) => after),
  ),
  ...receiptsOf(
    pages.before,
    changes.map(({ before }) => before),
  ),
];
