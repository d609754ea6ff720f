import "server-only";
import { z } from "zod";
import type { TableLook, TablePage } from "@/lib/platform/format/table-page";
import { creditSettingsSchema, UNSETTLED_RULES, USAGE_VISIBILITIES } from "./schemas";

/** More than any team spends in a month; keeps sums within the database's integers. */
const MAX_LIMIT = 1_000_000_000;

/** Credits a month; null is no limit. */
const limitCredits = z
  .number({ error: "limit_not_number" })
  .refine((credits) => Number.isInteger(credits), { error: "limit_fraction" })
  .min(0, { error: "limit_negative" })
  .max(MAX_LIMIT, { error: "limit_huge" })
  .nullable();

const limitsById = (unknown: "member_unknown" | "token_not_here") =>
  z
    .array(z.strictObject({ id: z.uuid({ error: unknown }), credits: limitCredits }))
    .max(1000, { error: "list_too_long" })
    .superRefine((list, issues) => {
      const seen = new Set<string>();
      for (const [index, { id }] of list.entries()) {
        if (seen.has(id)) issues.addIssue({ code: "custom", path: [index, "id"], message: "named_twice" });
        seen.add(id);
      }
    });

/** Limits to set, or with null to remove; what is left out stays. */
export const changeLimitsSchema = z.strictObject({
  team: limitCredits.optional(),
  /** For members without a limit of their own. */
  memberDefault: limitCredits.optional(),
  /** The share of the team's credits that schedules may use. */
  schedules: limitCredits.optional(),
  members: limitsById("member_unknown").optional(),
  tokens: limitsById("token_not_here").optional(),
});
export type ChangeLimitsInput = z.output<typeof changeLimitsSchema>;

const periodSchema = z.object({ from: z.iso.date(), to: z.iso.date(), resetsAt: z.iso.datetime() });

/** Credits of the running period; `held` holds unsettled ones. */
const usedSchema = z.object({ spent: z.int(), held: z.int() });

export const limitsSchema = z.object({
  period: periodSchema,
  team: z.int().nullable(),
  memberDefault: z.int().nullable(),
  schedules: z.int().nullable(),
  used: z.object({ team: usedSchema, schedules: usedSchema }),
  members: z.array(
    usedSchema.extend({
      id: z.uuid(),
      name: z.string(),
      /** The member's own; null when the default holds. */
      limit: z.int().nullable(),
      /** What the own limit or the default and the grants of this period come to; null is no limit. */
      effective: z.int().nullable(),
      granted: z.int(),
    }),
  ),
  tokens: z.array(
    usedSchema.extend({ id: z.uuid(), name: z.string(), memberName: z.string(), limit: z.int().nullable() }),
  ),
});
export type Limits = z.output<typeof limitsSchema>;

/** Rows on a page: the two stand on one, and together hold no more than another. */
export const LIMIT_ROWS = { members: 30, tokens: 20 };

/** What is asked of the two long tables among the limits, and a page of each. */
export type LimitLooks = { members: TableLook; tokens: TableLook };
export type LimitsPage = Omit<Limits, "members" | "tokens"> & {
  members: TablePage<Limits["members"][number]>;
  tokens: TablePage<Limits["tokens"][number]>;
};

const moreCredits = z
  .number({ error: "limit_not_number" })
  .refine((credits) => Number.isInteger(credits), { error: "limit_fraction" })
  .min(1, { error: "more_range" })
  .max(1_000_000, { error: "more_range" });

export const askForMoreSchema = z.strictObject({
  credits: moreCredits,
  /** What for. */
  note: z
    .string()
    .trim()
    .max(300, { error: "note_too_long" })
    .regex(/^\P{Cc}*$/u, { error: "text_control" })
    .default(""),
});
export type AskForMoreInput = z.output<typeof askForMoreSchema>;

export const grantMoreSchema = z.strictObject({ credits: moreCredits });
export type GrantMoreInput = z.output<typeof grantMoreSchema>;

/** A member's ask for more credits in one period. */
export const limitAskSchema = z.object({
  id: z.uuid(),
  member: z.object({ id: z.uuid(), name: z.string() }),
  credits: z.int(),
  note: z.string(),
  askedAt: z.iso.datetime(),
  state: z.enum(["open", "granted", "declined", "withdrawn"]),
  grantedCredits: z.int().nullable(),
  period: periodSchema.pick({ from: true }),
});
export type LimitAsk = z.output<typeof limitAskSchema>;

const wholeFrom = (least: number, most: number, word: "hours_range" | "days_range" | "first_day_range") =>
  z.int({ error: word }).min(least, { error: word }).max(most, { error: word });

/** Settings to change; what is left out stays. */
export const updateCreditSettingsSchema = z
  .strictObject({
    confirmAboveCredits: limitCredits,
    creditPrice: z
      .number({ error: "price_range" })
      .min(0, { error: "price_range" })
      .max(1_000_000, { error: "price_range" })
      .refine((price) => Number(price.toFixed(6)) === price, { error: "price_decimals" })
      .nullable(),
    creditCurrency: z
      .string({ error: "currency_unknown" })
      .refine((code) => Intl.supportedValuesOf("currency").includes(code), { error: "currency_unknown" })
      .nullable(),
    usageVisibility: z.enum(USAGE_VISIBILITIES, { error: "unknown_choice" }),
    unsettledRule: z.enum(UNSETTLED_RULES, { error: "unknown_choice" }),
    unsettledAfterHours: wholeFrom(1, 720, "hours_range"),
    rawRetentionDays: wholeFrom(1, 36_500, "days_range").nullable(),
    periodFirstDay: wholeFrom(1, 28, "first_day_range"),
  })
  .partial();
export type UpdateCreditSettingsInput = z.output<typeof updateCreditSettingsSchema>;

export const teamCreditSettingsSchema = creditSettingsSchema.extend({
  /** 1–28; chosen anew, it holds from the next period on. */
  periodFirstDay: z.int(),
  period: periodSchema,
  nextPeriod: periodSchema,
});
export type TeamCreditSettings = z.output<typeof teamCreditSettingsSchema>;
