import { z } from "zod";

const upstream = z.enum(["live", "sandbox"]);
const moment = z.iso.datetime();

/** Why a schedule that was due did not renew, as far as somebody can mend it. */
export const SKIP_REASONS = [
  "team_limit_reached",
  "schedules_share",
  "member_limit_reached",
  "upstream_out_of_credits",
  "key_missing",
  "key_rejected",
  "forbidden",
] as const;

/** What each kind of notification tells, as facts. Days are the team's, `resetsAt` is a moment, the rest are credits. */
export const NOTICE_FACTS = {
  /** A rule had something to tell of a category; names are of that moment, figures are as the rule looks at them. */
  alert: z.object({
    upstream,
    alertId: z.uuid(),
    ruleName: z.string(),
    condition: z.string(),
    metric: z.string().nullable(),
    value: z.number().nullable(),
    against: z.string().nullable(),
    categoryId: z.string(),
    categoryName: z.string().nullable(),
    region: z.string(),
    window: z.string(),
    oldValue: z.number().nullable(),
    newValue: z.number().nullable(),
    oldAt: moment.nullable(),
    newAt: moment,
    observations: z.int().nullable(),
  }),
  /** A share of a limit is reached; 100 is "the next request of the same price no longer fits". */
  limit_reached_percent: z.object({
    upstream,
    scope: z.enum(["team", "schedules", "member", "token"]),
    memberId: z.uuid().optional(),
    tokenId: z.uuid().optional(),
    percent: z.union([z.literal(50), z.literal(75), z.literal(90), z.literal(100)]),
    limitCredits: z.int(),
    /** Spent and unsettled. */
    usedCredits: z.int(),
    leftCredits: z.int(),
    periodStart: z.iso.date(),
    resetsAt: z.iso.datetime(),
  }),
  /** A member asks for so many credits more; null leaves the amount to the admin. */
  limit_asked: z.object({ memberId: z.uuid(), credits: z.int().nullable() }),
  /** An admin (`memberId`) gave so many credits more in this period. */
  limit_granted: z.object({ memberId: z.uuid(), credits: z.int() }),
  limit_declined: z.object({ memberId: z.uuid() }),
  /** The provider's answers changed their shape; `more` changes were found in the same answer. */
  provider_changed: z.object({
    upstream,
    region: z.string(),
    window: z.string(),
    kind: z.enum(["vanished", "unit", "collapsed", "empty", "renamed"]),
    metric: z.string().nullable(),
    factor: z.number().nullable(),
    more: z.int(),
  }),
  /** The day to look again at a decision has come; the name of its category is of that day. */
  recheck_due: z.object({
    categoryId: z.string(),
    categoryName: z.string().nullable(),
    kind: z.enum(["entered", "dropped", "watching", "note"]),
    decidedOn: z.iso.date(),
  }),
  /** A schedule that was due did not renew; the reason is an error code of the HTTP API, or that its share is used up. */
  schedule_skipped: z.object({ scheduleId: z.uuid(), scheduleName: z.string(), reason: z.enum(SKIP_REASONS) }),
  /** What renews as the credits allow was planned anew: so many renew less often, more often, or rest for now. */
  schedules_replanned: z.object({ upstream, slower: z.int(), faster: z.int(), resting: z.int() }),
  /** So many requests, of so many credits, wait for somebody to say what they cost. */
  unsettled_open: z.object({ upstream, requests: z.int(), credits: z.int() }),
  key_rejected: z.object({ upstream, lastFour: z.string(), reason: z.string().optional() }),
  upstream_out_of_credits: z.object({ upstream, lastFour: z.string() }),
  /** Nothing is sent to a webhook any more: it failed for days, or its receiver said that it is gone for good. */
  webhook_off: z.object({ webhookId: z.uuid(), webhookName: z.string(), reason: z.enum(["failing", "gone"]) }),
} as const;

export type NoticeKind = keyof typeof NOTICE_FACTS;
export type NoticeFacts<Kind extends NoticeKind> = z.output<(typeof NOTICE_FACTS)[Kind]>;

/** Signs of a template language: a name is text, and whoever writes these expects otherwise. */
export const TEMPLATE_SIGNS = /\{\{|\}\}|\$\{|<%|%>|\{%|%\}/;

const hour = (error: string) => z.int({ error }).min(0, { error }).max(23, { error });

/** The hours of whoever is told outside of the app, on the clock of the team's wall; weekdays count from 1, Monday. */
export const hoursFields = {
  digestHour: hour("alert_hour_unknown"),
  digestWeekday: z.int({ error: "alert_weekday_unknown" }).min(1, { error: "alert_weekday_unknown" }).max(7, {
    error: "alert_weekday_unknown",
  }),
  /** What is told at once waits from this hour to the other; null for both: never. */
  quietFrom: hour("alert_hour_unknown").nullable(),
  quietTo: hour("alert_hour_unknown").nullable(),
};

/** Quiet hours have a beginning and another end, or are none. */
export function checkQuiet(
  { quietFrom, quietTo }: { quietFrom: number | null; quietTo: number | null },
  context: z.RefinementCtx,
): void {
  const complain = (message: string) => context.addIssue({ code: "custom", path: ["quietTo"], message });
  if ((quietFrom === null) !== (quietTo === null)) complain("alert_quiet_both");
  else if (quietFrom !== null && quietFrom === quietTo) complain("alert_quiet_same");
}

const common = {
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
  /** A path within the team. */
  link: z.string(),
  /** Today's name of the member or token that the facts name; null when they name none. */
  name: z.string().nullable(),
};
const of = <Kind extends NoticeKind>(kind: Kind) =>
  z.object({ ...common, kind: z.literal(kind), facts: NOTICE_FACTS[kind] });

export const notificationSchema = z.discriminatedUnion("kind", [
  of("alert"),
  of("limit_reached_percent"),
  of("limit_asked"),
  of("limit_granted"),
  of("limit_declined"),
  of("provider_changed"),
  of("recheck_due"),
  of("schedule_skipped"),
  of("schedules_replanned"),
  of("unsettled_open"),
  of("key_rejected"),
  of("upstream_out_of_credits"),
  of("webhook_off"),
]);
export type Notification = z.output<typeof notificationSchema>;

export const notificationsInputSchema = z.object({
  /** Only what is not read yet. */
  unread: z.stringbool({ error: "yes_no_expected" }).optional(),
  cursor: z.string().max(200).optional(),
});
export type NotificationsInput = z.output<typeof notificationsInputSchema>;

export const notificationPageSchema = z.object({
  items: z.array(notificationSchema),
  nextCursor: z.string().nullable(),
});
export type NotificationPage = z.output<typeof notificationPageSchema>;

export const markReadSchema = z
  .object({
    ids: z
      .array(z.uuid({ error: "invalid" }))
      .min(1, { error: "notices_which" })
      .max(100, { error: "notices_many" })
      .optional(),
    all: z.literal(true, { error: "notices_which" }).optional(),
  })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), { path: ["ids"], error: "notices_which" });
export type MarkReadInput = z.output<typeof markReadSchema>;

/** Unread ones are counted up to this; more reads "99+". */
export const MOST_COUNTED = 100;
