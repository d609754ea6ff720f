import "server-only";
import { type TeamContext, withTeamLookups } from "@/lib/auth/context";
import type { TableLook, TablePage } from "@/lib/platform/format/table-page";
import { fetchNotesPage } from "./note-rows";
import type { CategoryNote } from "./note-schemas";

/**
 * A page of the notes on a category that hold a text, newest decision first, each with what is stored from before it and
 * since: only those of the page are looked up.
 */
export const readNotesPage = (
  ctx: TeamContext,
  categoryId: string,
  asked: { look: TableLook; rows?: number },
): Promise<TablePage<CategoryNote>> =>
  withTeamLookups(ctx, "tracking:read", (tx) => fetchNotesPage(tx, ctx, categoryId, asked));
