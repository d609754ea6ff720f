import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readEntries } from "./read-entries";
import type { LedgerEntry, UsageFilter } from "./schemas";

const BATCH = 1_000;

/**
 * The whole ledger within a filter, newest first, in batches: each is a short transaction of its own that begins only
 * when the batch is asked for, so that a slow reader holds no connection. Entries made meanwhile are not in it.
 */
export async function* exportEntries(ctx: TeamContext, filter: UsageFilter): AsyncGenerator<LedgerEntry[]> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await readEntries(ctx, { ...filter, cursor }, BATCH);
    yield items;
    cursor = nextCursor ?? undefined;
  } while (cursor);
}
