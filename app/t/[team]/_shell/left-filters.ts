import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { FilteredPage } from "@/lib/teams/choices";
import type { Filters } from "@/lib/teams/filter-schemas";
import { readFilters } from "@/lib/teams/read-filters";

/**
 * The filters that the reader left on a page, for an address without any; null where the address says what to show, or
 * nothing was left. Whoever restores them leads on to the address that names them, so that it shows what it says.
 */
export async function leftFilters(
  ctx: TeamContext,
  page: FilteredPage,
  address: Readonly<Record<string, unknown>>,
): Promise<Filters | null> {
  if (Object.keys(address).length > 0) return null;
  const left = await readFilters(ctx, page);
  return Object.keys(left).length > 0 ? left : null;
}
