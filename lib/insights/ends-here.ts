import "server-only";
import { PAGE_SIZE, type Snapshot } from "./schemas";

/** Whether a ranking ends with this page. A provider that says "no more" too early is not believed against its total. */
export function endsHere({
  rows,
  total,
  hasMore,
  query,
}: Pick<Snapshot, "rows" | "total" | "hasMore" | "query">): boolean {
  if (rows.length === 0) return true;
  return total === null ? hasMore === false : query.page * PAGE_SIZE >= total;
}
