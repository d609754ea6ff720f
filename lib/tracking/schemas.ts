import { z } from "zod";

export const RUN_STATES = ["queued", "running", "done", "stopped", "failed"] as const;
export type RunState = (typeof RUN_STATES)[number];
export const RUN_KINDS = ["search", "watchlist", "backfill"] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** How a run stands. Credits are what it spent and what it may have spent. */
export const runSchema = z.object({
  id: z.uuid(),
  kind: z.enum(RUN_KINDS),
  searchId: z.uuid().nullable(),
  watchlistId: z.uuid().nullable(),
  member: z.object({ id: z.uuid(), name: z.string() }),
  state: z.enum(RUN_STATES),
  requestedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  stopping: z.boolean(),
  maxCredits: z.int(),
  creditsSpent: z.int(),
  /** Steps that have ended, of all. */
  done: z.int(),
  total: z.int(),
  /** Of the ended ones. */
  bought: z.int(),
  failed: z.int(),
  /** Why it ended before its end, or why a step brought nothing. */
  problem: z.string().nullable(),
});
export type Run = z.output<typeof runSchema>;
