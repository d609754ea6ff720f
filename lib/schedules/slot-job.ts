import "server-only";

/** One moment of a schedule, as the queue holds it. */
export type SlotJob = { teamId: string; scheduleId: string; dueAt: string };

/** The job of a moment: one of it waits at a time. */
export const slotJob = (slot: { teamId: string; scheduleId: string; dueAt: Date }): { key: string; data: SlotJob } => ({
  key: `${slot.scheduleId} ${slot.dueAt.getTime()}`,
  data: { teamId: slot.teamId, scheduleId: slot.scheduleId, dueAt: slot.dueAt.toISOString() },
});
