import "server-only";
import type { CsvColumn } from "@/lib/platform/csv";
import type { Schedule, Slot } from "./schemas";

/** The hour and the days are of the team's time zone. */
export const SCHEDULE_COLUMNS: readonly CsvColumn<Schedule>[] = [
  { key: "schedule_id", value: ({ id }) => id },
  { key: "name", value: ({ name }) => name },
  { key: "search_id", value: ({ searchId }) => searchId },
  { key: "watchlist_id", value: ({ watchlistId }) => watchlistId },
  { key: "cadence", value: ({ cadence }) => cadence },
  { key: "week_day", value: ({ weekDay }) => weekDay },
  { key: "month_day", value: ({ monthDay }) => monthDay },
  { key: "every_days", value: ({ everyDays }) => everyDays },
  { key: "hour", value: ({ hour }) => hour },
  { key: "priority", value: ({ priority }) => priority },
  { key: "member", value: ({ owner }) => owner.name },
  { key: "paid_by", value: ({ paidBy }) => paidBy },
  { key: "next_due_at", value: ({ nextDueAt, pausedAt }) => (pausedAt ? null : nextDueAt) },
  { key: "paused_at", value: ({ pausedAt }) => pausedAt },
  { key: "run_credits", value: ({ runCredits }) => runCredits },
  { key: "month_credits", value: ({ monthCredits }) => monthCredits },
  { key: "due_at", value: ({ last }) => last?.dueAt ?? null },
  { key: "outcome", value: ({ last }) => last?.outcome ?? null },
];

/** What came of each moment of a schedule. */
export const SLOT_COLUMNS: readonly CsvColumn<Slot & { name: string }>[] = [
  { key: "schedule_id", value: ({ scheduleId }) => scheduleId },
  { key: "name", value: ({ name }) => name },
  { key: "due_at", value: ({ dueAt }) => dueAt },
  { key: "by_hand", value: ({ byHand }) => (byHand ? "yes" : "no") },
  { key: "outcome", value: ({ outcome }) => outcome },
  { key: "reason", value: ({ reason }) => reason },
  { key: "credits", value: ({ credits }) => credits },
  { key: "missed", value: ({ missed }) => missed },
  { key: "unchanged_since", value: ({ unchangedSince }) => unchangedSince },
  { key: "ended_at", value: ({ endedAt }) => endedAt },
  { key: "run_id", value: ({ runId }) => runId },
];
