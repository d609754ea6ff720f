import "server-only";
import { type TeamContext, withTeamLookups } from "@/lib/auth/context";
import type { TablePage } from "@/lib/platform/format/table-page";
import { fetchOwnNumbersPage, type OwnNumbersAsked } from "./own-number-rows";
import type { OwnNumber } from "./own-number-schemas";

/**
 * A page of what the team's own account says of a category, in every region, the newest month first, and beside it all
 * that it says of one region, for its line in a chart. One statement, however many months there are.
 */
export const readOwnNumbersPage = (
  ctx: TeamContext,
  categoryId: string,
  asked: OwnNumbersAsked,
): Promise<TablePage<OwnNumber> & { ofRegion: OwnNumber[] }> =>
  withTeamLookups(ctx, "tracking:read", (tx) => fetchOwnNumbersPage(tx, ctx, categoryId, asked));
