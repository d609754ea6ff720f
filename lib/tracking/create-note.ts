import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { teamToday } from "@/lib/insights/team-today";
import { appNow } from "@/lib/platform/clock";
import { assertLearned } from "./internal";
import { asDate, assertDays, fetchNote } from "./note-rows";
import type { CategoryNote, CreateNoteInput } from "./note-schemas";

/**
 * Notes a decision, or just a thought, on a category that some answer held. @throws `not_found` for any other;
 * `key_missing` while the team has neither key nor sandbox
 */
export async function createNote(ctx: TeamContext, categoryId: string, input: CreateNoteInput): Promise<CategoryNote> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const upstream = await assertLearned(tx, ctx, categoryId);
    const today = await teamToday(tx, ctx);
    const { decidedOn = today, recheckOn, ...rest } = input;
    assertDays({ decidedOn, recheckOn }, today);
    const now = await appNow(tx);
    const { id } = await tx.categoryNote.create({
      data: {
        ...rest,
        teamId: ctx.team.id,
        upstream,
        categoryId,
        decidedOn: asDate(decidedOn),
        recheckOn: recheckOn && asDate(recheckOn),
        memberId: ctx.member.id,
        createdAt: now,
        updatedAt: now,
      },
      select: { id: true },
    });
    await audit(tx, ctx, "category.noted", { noteId: id, categoryId, kind: rest.kind });
    return fetchNote(tx, ctx, categoryId, id);
  });
}
