import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { RAW_FIELDS, type RawFigure, rawRow } from "@/lib/keyapi/raw-row";
import { notFound } from "@/lib/platform/errors";
import { fetchReceiptScope, findSnapshot } from "./internal";
import { PAGE_SIZE, type RawRow } from "./schemas";

const FIGURES = Object.entries(RAW_FIELDS) as [RawFigure, string][];

/**
 * A row of a bought answer, as we store it beside as it was received, so that anybody can check the one by the other.
 * @param place on the page, from 1
 * @throws `not_found` when the answer has no such row
 */
export async function readRawRow(ctx: TeamContext, requestId: string, place: number): Promise<RawRow> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const { snapshotId } = await fetchReceiptScope(tx, ctx, requestId);
    const snapshot = snapshotId && (await findSnapshot(tx, { teamId: ctx.team.id, id: snapshotId }));
    if (!snapshot) throw notFound();
    const row = snapshot.rows.find(({ position }) => position === (snapshot.query.page - 1) * PAGE_SIZE + place);
    if (!row) throw notFound();
    const answer = await tx.rawAnswer.findUnique({ where: { teamId_requestId: { teamId: ctx.team.id, requestId } } });
    const received = answer && rawRow(answer.body, place);
    return {
      place,
      row,
      figures: FIGURES.map(([figure, field]) => ({ figure, field, raw: received?.figures[figure] ?? null })),
      text: received?.text ?? null,
    };
  });
}
