import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { rawText } from "@/lib/keyapi/raw-row";
import { notFound } from "@/lib/platform/errors";
import { fetchReceiptScope } from "./internal";

export type RawAnswer = {
  /** Byte for byte as received; where the upstream repeated the key, the key's bytes are asterisks. */
  body: Uint8Array;
  receivedAt: string;
  /** The same to read: JSON with a line for each field, anything else as its text; cut when it is very long. */
  text: string;
  isCut: boolean;
};

/** Ten ordinary pages of a ranking. */
const MOST_SHOWN = 200_000;

/** What came back for a request. @throws `not_found` when nothing did, and after it was forgotten. */
export async function readRawAnswer(ctx: TeamContext, requestId: string): Promise<RawAnswer> {
  return withTeam(ctx, "insights:read", async (tx) => {
    await fetchReceiptScope(tx, ctx, requestId);
    const answer = await tx.rawAnswer.findUnique({ where: { teamId_requestId: { teamId: ctx.team.id, requestId } } });
    if (!answer) throw notFound();
    return { body: answer.body, receivedAt: answer.receivedAt.toISOString(), ...rawText(answer.body, MOST_SHOWN) };
  });
}
