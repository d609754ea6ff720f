import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readSchedule, readSlots } from "./read-schedules";
import type { Slot } from "./schemas";

const BATCH = 1_000;

/**
 * What came of every moment of the schedules that this member may see, or of one of them, newest first; a batch is read
 * when the one before was taken. @throws `not_found` for a schedule that is not there
 */
export async function* exportSlots(ctx: TeamContext, scheduleId?: string): AsyncGenerator<(Slot & { name: string })[]> {
  if (scheduleId) await readSchedule(ctx, scheduleId);
  let below: Slot | undefined;
  do {
    const batch = await readSlots(ctx, { most: BATCH, scheduleId, below });
    yield batch;
    below = batch.length === BATCH ? batch.at(-1) : undefined;
  } while (below);
}
