import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchOwnNote } from "./note-rows";

/** @throws `not_found`; `forbidden` for whoever is neither its maker nor an admin */
export async function deleteNote(
  ctx: TeamContext,
  { categoryId, noteId }: { categoryId: string; noteId: string },
): Promise<void> {
  await withTeam(ctx, "tracking:write", async (tx) => {
    const { kind } = await fetchOwnNote(tx, ctx, categoryId, noteId);
    await tx.categoryNote.delete({ where: { teamId_id: { teamId: ctx.team.id, id: noteId } } });
    await audit(tx, ctx, "category.note_deleted", { noteId, categoryId, kind });
  });
}
