import { z } from "zod";
import { PAYERS } from "@/lib/credits/schemas";
import { CADENCES, type Cadence } from "./choices";

export type { Cadence } from "./choices";

export const SLOT_OUTCOMES = ["renewed", "fresh", "partial", "failed", "stopped", "skipped"] as const;

const whole = (min: number, max: number, error: string) => z.int({ error }).min(min, { error }).max(max, { error });

const ruleFields = {
  cadence: z.enum(CADENCES, { error: "cadence_unknown" }),
  /** 1 (Monday) to 7, of `weekly`. */
  weekDay: whole(1, 7, "week_day_unknown").nullish(),
  /** 1 to 31, of `monthly`; a month that is shorter renews on its last day. */
  monthDay: whole(1, 31, "month_day_unknown").nullish(),
  /** In the team's time zone. */
  hour: whole(0, 23, "hour_unknown"),
};

/** `share`: the team's share for schedules, and nobody's own limit. */
const paidBySchema = z.enum(PAYERS, { error: "paid_by_unknown" });

type Days = { cadence: Cadence; weekDay?: number | null | undefined; monthDay?: number | null | undefined };
const namesWeekDay = ({ cadence, weekDay }: Days) => cadence !== "weekly" || weekDay != null;
const namesMonthDay = ({ cadence, monthDay }: Days) => cadence !== "monthly" || monthDay != null;
const WEEK_DAY_MISSING = { path: ["weekDay"], error: "week_day_unknown" };
const MONTH_DAY_MISSING = { path: ["monthDay"], error: "month_day_unknown" };

export const createScheduleSchema = z
  .object({
    searchId: z.uuid({ error: "schedule_what" }).nullish(),
    watchlistId: z.uuid({ error: "schedule_what" }).nullish(),
    ...ruleFields,
    /** Whose rights it has, and whose limit it counts against unless the share pays; the asker when left out. */
    memberId: z.uuid({ error: "member_unknown" }).optional(),
    paidBy: paidBySchema.default("member"),
    /** Only tells the price. */
    dryRun: z.boolean().optional(),
  })
  .refine(({ searchId, watchlistId }) => (searchId == null) !== (watchlistId == null), {
    path: ["what"],
    error: "schedule_what",
  })
  .refine(namesWeekDay, WEEK_DAY_MISSING)
  .refine(namesMonthDay, MONTH_DAY_MISSING);
export type CreateScheduleInput = z.output<typeof createScheduleSchema>;

/** A new cadence comes with its day and hour. */
export const updateScheduleSchema = z
  .object({
    rule: z.object(ruleFields).refine(namesWeekDay, WEEK_DAY_MISSING).refine(namesMonthDay, MONTH_DAY_MISSING),
    memberId: z.uuid({ error: "member_unknown" }),
    paidBy: paidBySchema,
    paused: z.boolean(),
    /** The version that the change was made on: somebody else's change since then is a conflict. */
    version: z.int({ error: "version_unknown" }).min(1, { error: "version_unknown" }),
  })
  .partial();
export type UpdateScheduleInput = z.output<typeof updateScheduleSchema>;

export const pauseAllSchema = z.object({ paused: z.boolean({ error: "yes_no_expected" }) });

export const slotSchema = z.object({
  scheduleId: z.uuid(),
  dueAt: z.iso.datetime(),
  byHand: z.boolean(),
  /** Earlier moments that nobody was there for: this renewal stands for them. */
  missed: z.int(),
  runId: z.uuid().nullable(),
  /** Null while under way. */
  outcome: z.enum(SLOT_OUTCOMES).nullable(),
  /** An error code of the HTTP API, `schedules_share`, `max_credits` or `paused`. */
  reason: z.string().nullable(),
  credits: z.int(),
  /** All that it bought equals the answers of before: the source was not updated since then. Null where something changed. */
  unchangedSince: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type Slot = z.output<typeof slotSchema>;

/** When the provider's data usually changes, in minutes of the team's day; null while too little is known. */
export const sourceHoursSchema = z.object({
  hours: z
    .object({
      fromMinute: z.int(),
      toMinute: z.int(),
      /** The first full hour that is surely behind it. */
      runHour: z.int(),
      /** Changes that were caught between two answers less than a day apart. */
      observations: z.int(),
    })
    .nullable(),
});
export type SourceHoursShown = z.output<typeof sourceHoursSchema>["hours"];

/** What one renewal costs at most, and the renewals of the 30 days to come. */
export const schedulePriceSchema = z.object({
  runCredits: z.int(),
  slots: z.int(),
  monthCredits: z.int(),
  firstDueAt: z.iso.datetime(),
});
export type SchedulePrice = z.output<typeof schedulePriceSchema>;

export const scheduleSchema = z.object({
  id: z.uuid(),
  searchId: z.uuid().nullable(),
  watchlistId: z.uuid().nullable(),
  /** Of the search or the list. */
  name: z.string(),
  cadence: z.enum(CADENCES),
  weekDay: z.int().nullable(),
  monthDay: z.int().nullable(),
  everyDays: z.int(),
  hour: z.int(),
  /** 1 is the most important: what a budget slows down last. */
  priority: z.int(),
  owner: z.object({ id: z.uuid(), name: z.string() }),
  paidBy: z.enum(PAYERS),
  nextDueAt: z.iso.datetime(),
  pausedAt: z.iso.datetime().nullable(),
  /** What the newest renewal was planned to cost, and so many of them in 30 days. */
  runCredits: z.int(),
  monthCredits: z.int(),
  last: slotSchema.nullable(),
  version: z.int(),
});
export type Schedule = z.output<typeof scheduleSchema>;

export const scheduleWithSlotsSchema = scheduleSchema.extend({ slots: z.array(slotSchema) });
export const schedulePageSchema = z.object({ items: z.array(scheduleSchema), monthCredits: z.int() });
export const createdScheduleSchema = z.union([schedulePriceSchema, scheduleSchema]);
export type ScheduleWithSlots = z.output<typeof scheduleWithSlotsSchema>;
export type SchedulePage = z.output<typeof schedulePageSchema>;

export const runScheduleSchema = z.object({
  /** What the button said: the renewal spends no credit above it. */
  maxCredits: whole(0, 1_000_000, "credits_unknown").optional(),
});
export type RunScheduleInput = z.output<typeof runScheduleSchema>;

/** So many are planned in one act. */
export const MOST_PLANNED = 1000;

/** What a plan is made for: which schedules it may slow down, and how important each of them is. */
export const planSchedulesSchema = z.object({
  /** The share for schedules a month; null plans what the limits there are leave. */
  budgetCredits: whole(0, 1_000_000_000, "budget_unknown").nullable(),
  /** The hour at which all of them renew, so that what they share is bought once; null leaves each its own. */
  hour: whole(0, 23, "hour_unknown").nullable(),
  schedules: z
    .array(z.object({ id: z.uuid({ error: "schedule_unknown" }), priority: whole(1, 3, "priority_unknown") }))
    .min(1, { error: "plan_of_nothing" })
    .max(MOST_PLANNED, { error: "list_too_long" }),
  /** Only tells what it would change. */
  dryRun: z.boolean().optional(),
});
export type PlanSchedulesInput = z.output<typeof planSchedulesSchema>;

const planDaySchema = z.object({ date: z.iso.date(), credits: z.int(), renewals: z.int() });

export const schedulePlanSchema = z.object({
  /** The last day of the period, up to which it plans. */
  until: z.iso.date(),
  /** What all schedules may cost until then; null without any limit. */
  leftCredits: z.int().nullable(),
  /** What they will cost by this plan, and what that is without buying shared pages once. */
  credits: z.int(),
  apartCredits: z.int(),
  days: z.array(planDaySchema),
  /** All of what is planned at the same pace: what that would cost. */
  paces: z.array(z.object({ everyDays: z.int(), credits: z.int() })),
  items: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      priority: z.int(),
      /** Renewals until the last day as it is, and by this plan. */
      before: z.int(),
      renewals: z.int(),
      /** Null: the budget does not reach it before the next period. */
      everyDays: z.int().nullable(),
    }),
  ),
});
export type SchedulePlan = z.output<typeof schedulePlanSchema>;

/** The period ahead as the schedules are now, and the plan that was applied last. */
export const planOverviewSchema = schedulePlanSchema
  .pick({ until: true, leftCredits: true, credits: true, days: true })
  .extend({
    /** The share for schedules. */
    budgetCredits: z.int().nullable(),
    resetsAt: z.iso.datetime(),
    applied: z
      .object({
        madeAt: z.iso.datetime(),
        byName: z.string(),
        /** Since then it was planned anew, because credits went elsewhere. */
        replanned: z.object({ at: z.iso.datetime(), slower: z.int(), faster: z.int(), resting: z.int() }).nullable(),
      })
      .nullable(),
  });
export type PlanOverview = z.output<typeof planOverviewSchema>;

/** How many schedules are as before, and how many somebody changed since, which stay. */
export const undonePlanSchema = z.object({ restored: z.int(), kept: z.int() });
export type UndonePlan = z.output<typeof undonePlanSchema>;
