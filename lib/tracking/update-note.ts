import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { teamToday } from "@/lib/insights/team-today";
import { appNow } from "@/lib/platform/clock";
import { editedMeanwhile } from "@/lib/platform/errors";
import { asDate, assertDays, fetchNote, fetchOwnNote } from "./note-rows";
import type { CategoryNote, UpdateNoteInput } from "./note-schemas";

/**
 * Changes what is named of a note. A new day to look again tells anew when it comes. @throws `not_found`; `forbidden`
 * for whoever is neither its maker nor an admin; `conflict` (`edited_meanwhile`)
 */
export async function updateNote(
  ctx: TeamContext,
  { categoryId, noteId }: { categoryId: string; noteId: string },
  input: UpdateNoteInput,
): Promise<CategoryNote> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const there = await fetchOwnNote(tx, ctx, categoryId, noteId);
    const { version, decidedOn = there.decidedOn, recheckOn = there.recheckOn, ...change } = input;
    assertDays({ decidedOn, recheckOn }, await teamToday(tx, ctx));
    const { count } = await tx.categoryNote.updateMany({
      where: { teamId: ctx.team.id, id: noteId, ...(version === undefined ? {} : { version }) },
      data: {
        ...change,
        decidedOn: asDate(decidedOn),
        recheckOn: recheckOn && asDate(recheckOn),
        version: { increment: 1 },
        updatedAt: await appNow(tx),
      },
    });
    if (count === 0) throw editedMeanwhile();
    const note = await fetchNote(tx, ctx, categoryId, noteId);
    await audit(
      tx,
      ctx,
      "category.note_changed",
      { noteId, categoryId },
      { before: factsOf(there), after: factsOf(note) },
    );
    return note;
  });
}

const factsOf = ({ kind, text, decidedOn, recheckOn }: CategoryNote) => ({ kind, text, decidedOn, recheckOn });
