import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { type RecentAnswer, readRecentAnswers } from "./read-recent-answers";

const BATCH = 1_000;

/** Every question with a stored answer, the newest answer first; a batch is read when the one before was taken. */
export async function* exportAnswers(ctx: TeamContext): AsyncGenerator<RecentAnswer[]> {
  let last: RecentAnswer | undefined;
  do {
    const batch = await readRecentAnswers(ctx, BATCH, last);
    yield batch;
    last = batch.length === BATCH ? batch.at(-1) : undefined;
  } while (last);
}
