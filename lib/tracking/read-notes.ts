import "server-only";
import { type TeamContext, withTeamLookups } from "@/lib/auth/context";
import { fetchNotes } from "./note-rows";
import type { CategoryNote } from "./note-schemas";

/** What the team noted on a category, newest decision first, each with what is stored from before it and since. */
export async function readNotes(ctx: TeamContext, categoryId: string): Promise<{ items: CategoryNote[] }> {
  return withTeamLookups(ctx, "tracking:read", async (tx) => ({ items: await fetchNotes(tx, ctx, categoryId) }));
}
