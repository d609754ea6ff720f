import { z } from "zod";
import { METRICS, regionSchema } from "@/lib/insights/schemas";

const side = z.object({ value: z.number().nullable(), fetchedAt: z.iso.datetime() });

/** What a review tells: what moved most within a week, and what the team spent in it. */
export const reviewFactsSchema = z.object({
  /** Days of the team, both included. */
  from: z.iso.date(),
  to: z.iso.date(),
  /** The time window that movements are of. */
  window: z.string(),
  metric: z.enum(METRICS),
  counts: z.object({ up: z.int(), down: z.int(), new: z.int(), gone: z.int() }),
  /** Movements that a change of the provider's answers keeps from being told. */
  held: z.int(),
  /** The most important first. */
  moves: z.array(
    z.object({
      categoryId: z.string(),
      categoryName: z.string().nullable(),
      region: regionSchema,
      kind: z.enum(["up", "down", "new", "gone"]),
      before: side.nullable(),
      after: side.nullable(),
      change: z.number().nullable(),
    }),
  ),
  spentCredits: z.int(),
  heldCredits: z.int(),
});
export type ReviewFacts = z.output<typeof reviewFactsSchema>;

const reviewSchema = z.object({
  /** The Monday of the week in which it is due. */
  week: z.iso.date(),
  comment: z.string(),
  /** Null also once they left. */
  commentedBy: z.string().nullable(),
  version: z.int(),
  facts: reviewFactsSchema,
});

export const sentReviewSchema = reviewSchema.extend({
  sentAt: z.iso.datetime(),
  readers: z.int(),
  webhooks: z.int(),
});
export type SentReview = z.output<typeof sentReviewSchema>;

export const reviewSettingSchema = z.object({
  isOn: z.boolean({ error: "yes_no_expected" }),
  /** From 1, Monday; day and hour are of the team's time zone. */
  weekday: z.int({ error: "alert_weekday_unknown" }).min(1, { error: "alert_weekday_unknown" }).max(7, {
    error: "alert_weekday_unknown",
  }),
  hour: z.int({ error: "alert_hour_unknown" }).min(0, { error: "alert_hour_unknown" }).max(23, {
    error: "alert_hour_unknown",
  }),
});
export type ReviewSetting = z.output<typeof reviewSettingSchema>;

export const reviewsSchema = z.object({
  setting: reviewSettingSchema,
  /** Whether the reader gets it by mail. */
  isMine: z.boolean(),
  readers: z.int(),
  /** Webhooks that are sent it, too. */
  webhooks: z.int(),
  /** The next one as it would read now. */
  coming: reviewSchema.extend({ dueAt: z.iso.datetime() }),
  sent: z.array(sentReviewSchema.pick({ week: true, sentAt: true, readers: true, webhooks: true, comment: true })),
});
export type Reviews = z.output<typeof reviewsSchema>;

export const weekSchema = z.iso.date({ error: "date_unknown" });
export const saveCommentSchema = z.object({
  comment: z
    .string({ error: "review_comment_text" })
    .max(2000, { error: "review_comment_long" })
    .transform((text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim()),
  /** The version that the change was made on; somebody else's change since then is a conflict. */
  version: z.int({ error: "version_unknown" }).min(1, { error: "version_unknown" }).optional(),
});
export type SaveCommentInput = z.output<typeof saveCommentSchema>;

export const readsReviewSchema = z.object({ isMine: z.boolean({ error: "yes_no_expected" }) });
export type ReadsReviewInput = z.output<typeof readsReviewSchema>;
