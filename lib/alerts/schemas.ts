import { z } from "zod";
import { categoryIdSchema, METRICS, regionSchema, windowSchema } from "@/lib/insights/schemas";
import { checkQuiet, hoursFields, TEMPLATE_SIGNS } from "@/lib/notifications/schemas";
import {
  ALERT_AGAINST,
  ALERT_CONDITIONS,
  ALERT_MAILS,
  type AlertCondition,
  METRIC_CONDITIONS,
  PERCENT_CONDITIONS,
  VALUELESS_CONDITIONS,
} from "./choices";

export { ALERT_CONDITIONS, type AlertCondition, PLACE_CONDITIONS } from "./choices";

/** What the number of a condition may be, and how it is called when it is none. */
const VALUES: Partial<Record<AlertCondition, z.ZodType<number>>> = {
  crosses_up: z.number().min(-1e15).max(1e15),
  crosses_down: z.number().min(-1e15).max(1e15),
  rises_by: z.number().min(0.1).max(10_000),
  falls_by: z.number().min(0.1).max(100),
  changes_by: z.number().min(0.1).max(10_000),
  enters_top: z.int().min(1).max(500),
  leaves_top: z.int().min(1).max(500),
  unusual: z.number().min(2).max(20),
  older_than: z.int().min(1).max(365),
};

const RANGES = {
  crosses_up: "alert_value_figure",
  crosses_down: "alert_value_figure",
  rises_by: "alert_value_percent",
  falls_by: "alert_value_fall",
  changes_by: "alert_value_percent",
  enters_top: "alert_value_place",
  leaves_top: "alert_value_place",
  is_new: "alert_value_none",
  reverses: "alert_value_none",
  unusual: "alert_value_swings",
  older_than: "alert_value_days",
} as const satisfies Record<AlertCondition, string>;

const name = z
  .string()
  .max(200, { error: "label_too_long" })
  .transform((text) => text.normalize("NFC").trim().replace(/\s+/g, " "))
  .pipe(
    z
      .string()
      .max(80, { error: "label_too_long" })
      .regex(/^\P{Cc}*$/u, { error: "text_control" })
      .refine((text) => !TEMPLATE_SIGNS.test(text), { error: "alert_name_template" }),
  );
const emptyAsNull = (value: unknown) => (value === "" || value === undefined ? null : value);
const orNull = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyAsNull, schema.nullable());

const sentenceFields = {
  condition: z.enum(ALERT_CONDITIONS, { error: "alert_condition_unknown" }),
  metric: orNull(z.enum(METRICS, { error: "alert_metric_unknown" })),
  value: orNull(z.number({ error: "alert_value_number" })),
  against: orNull(z.enum(ALERT_AGAINST, { error: "alert_against_unknown" })),
  categoryId: orNull(categoryIdSchema),
  region: orNull(regionSchema),
  window: orNull(windowSchema),
  watchlistId: orNull(z.uuid({ error: "alert_scope_missing" })),
  searchId: orNull(z.uuid({ error: "alert_scope_missing" })),
  cooldownHours: z
    .int({ error: "alert_cooldown" })
    .min(0, { error: "alert_cooldown" })
    .max(720, { error: "alert_cooldown" })
    .default(24),
};

const ruleFields = {
  name: name.default(""),
  ...sentenceFields,
  /** Webhooks that are told too. */
  webhookIds: z
    .array(z.uuid({ error: "alert_webhook_unknown" }), { error: "alert_webhook_unknown" })
    .max(20, { error: "alert_webhook_unknown" })
    .transform((ids) => [...new Set(ids)])
    .default([]),
};
type Fields = z.output<z.ZodObject<typeof ruleFields>>;
type Sentence = z.output<z.ZodObject<typeof sentenceFields>>;

/** Names what does not fit together, at the field that mends it. */
function checkRule(rule: Sentence, context: z.RefinementCtx): void {
  const complain = (field: keyof Sentence, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  const scopes = [rule.categoryId, rule.watchlistId, rule.searchId].filter((scope) => scope !== null);
  if (scopes.length > 1) complain("watchlistId", "alert_scope_one");
  else if (scopes.length === 0) complain("categoryId", "alert_scope_missing");
  if (rule.categoryId !== null && rule.region === null) complain("region", "region_unknown");
  if (rule.categoryId !== null && rule.window === null) complain("window", "window_unknown");
  if (METRIC_CONDITIONS.includes(rule.condition) && rule.metric === null) complain("metric", "alert_metric_unknown");
  if (rule.condition === "older_than" && rule.searchId !== null) complain("searchId", "alert_old_search");
  const value = VALUES[rule.condition];
  if (value && !value.safeParse(rule.value).success) {
    complain("value", rule.value === null ? "alert_value_number" : RANGES[rule.condition]);
  }
}

/** Leaves out what the condition and the scope have no use for, so that equal sentences are equal rules. */
function tidyRule(rule: Fields): Fields {
  const isPercent = PERCENT_CONDITIONS.includes(rule.condition);
  return {
    ...rule,
    metric: METRIC_CONDITIONS.includes(rule.condition) ? rule.metric : null,
    value: VALUELESS_CONDITIONS.includes(rule.condition) ? null : rule.value,
    against: isPercent ? (rule.against ?? "previous") : null,
    region: rule.categoryId === null ? null : rule.region,
    window: rule.categoryId === null ? null : rule.window,
  };
}

export const alertRuleInputSchema = z.object(ruleFields).superRefine(checkRule).transform(tidyRule);
export type AlertRuleInput = z.output<typeof alertRuleInputSchema>;

/** A number as an address has it; what is none stays as it is and is refused by name. */
const numberTyped = (given: unknown) => {
  const number = typeof given === "string" && given.trim() !== "" ? Number(given) : Number.NaN;
  return Number.isFinite(number) ? number : emptyAsNull(given);
};

/** A rule in an address, to be tried: without name and webhooks, for nobody is told. */
export const triedRuleSchema = z
  .object({
    ...sentenceFields,
    value: z.preprocess(numberTyped, z.number({ error: "alert_value_number" }).nullable()),
    cooldownHours: z.preprocess((given) => numberTyped(given) ?? undefined, sentenceFields.cooldownHours),
  })
  .superRefine(checkRule);

export const ruleToTry = (tried: z.output<typeof triedRuleSchema>): AlertRuleInput =>
  tidyRule({ ...tried, name: "", webhookIds: [] });

const version = z.int({ error: "version_unknown" }).min(1, { error: "version_unknown" }).optional();

/** The whole sentence anew, made on a version: somebody else's change since then is a conflict. */
export const updateAlertRuleSchema = z
  .object({ ...ruleFields, version })
  .superRefine(checkRule)
  .transform((rule) => ({ ...tidyRule(rule), version: rule.version }));
export type UpdateAlertRuleInput = z.output<typeof updateAlertRuleSchema>;

export const muteAlertRuleSchema = z.object({ muted: z.boolean({ error: "yes_no_expected" }) });
export type MuteAlertRuleInput = z.output<typeof muteAlertRuleSchema>;

/** The sentence, whether it is about to be told or was. */
const sentence = {
  condition: z.enum(ALERT_CONDITIONS),
  metric: z.enum(METRICS).nullable(),
  value: z.number().nullable(),
  against: z.enum(ALERT_AGAINST).nullable(),
};

export const alertRuleSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  ...sentence,
  categoryId: z.string().nullable(),
  categoryName: z.string().nullable(),
  region: regionSchema.nullable(),
  window: z.string().nullable(),
  watchlistId: z.uuid().nullable(),
  searchId: z.uuid().nullable(),
  /** Of the list or search; null for a category. */
  scopeName: z.string().nullable(),
  /** The list or search was deleted: the rule is silent until it is back. */
  scopeGone: z.boolean(),
  /** Team-visible, as what it is about is. */
  shared: z.boolean(),
  cooldownHours: z.int(),
  webhookIds: z.array(z.uuid()),
  muted: z.boolean(),
  /** Who made it and is told; null once they have left: then owners and admins are. */
  owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  lastFiredAt: z.iso.datetime().nullable(),
  /** In the last 30 days. */
  firedCount: z.int(),
});
export type AlertRule = z.output<typeof alertRuleSchema>;

export const alertSchema = z.object({
  id: z.uuid(),
  ruleId: z.uuid(),
  ruleName: z.string(),
  ...sentence,
  categoryId: z.string(),
  categoryName: z.string().nullable(),
  region: regionSchema,
  window: z.string(),
  /** A figure, a place (for conditions about the top), or null where there was none. */
  oldValue: z.number().nullable(),
  newValue: z.number().nullable(),
  oldAt: z.iso.datetime().nullable(),
  newAt: z.iso.datetime(),
  /** Independent ones that the usual swing was reckoned from. */
  observations: z.int().nullable(),
  firedAt: z.iso.datetime(),
  oldReceiptId: z.uuid().nullable(),
  newReceiptId: z.uuid().nullable(),
});
export type Alert = z.output<typeof alertSchema>;

/** What was seen to move, where and when. */
const SEEN = {
  categoryId: true,
  categoryName: true,
  region: true,
  window: true,
  oldValue: true,
  newValue: true,
  oldAt: true,
  newAt: true,
} as const;

/** The facts of a notification, read back as what the rule told. */
export const alertNoticeSchema = alertSchema.pick({
  ...SEEN,
  condition: true,
  metric: true,
  value: true,
  against: true,
  observations: true,
});

export const alertsInputSchema = z.object({
  rule: z.uuid({ error: "invalid" }).optional(),
  cursor: z.uuid({ error: "cursor_unknown" }).optional(),
});
export type AlertsInput = z.output<typeof alertsInputSchema>;

export const alertPageSchema = z.object({ items: z.array(alertSchema), nextCursor: z.uuid().nullable() });
export type AlertPage = z.output<typeof alertPageSchema>;

/** What a rule would have told of the stored past. */
export const alertPreviewSchema = z.object({
  days: z.int(),
  /** What was tried, so that what it tells is said in its words. */
  condition: z.enum(ALERT_CONDITIONS),
  metric: z.enum(METRICS).nullable(),
  /** Answers that it was tried on. */
  answers: z.int(),
  items: z.int(),
  count: z.int(),
  /** The newest ones, newest first. */
  firings: z.array(alertSchema.pick(SEEN)),
  /** The stored course of what it would have told most of, with the days of that; null where nothing can be drawn. */
  course: z
    .object({
      categoryId: z.string(),
      categoryName: z.string().nullable(),
      region: regionSchema,
      window: z.string(),
      /** A place in the ranking or search for rules about places. */
      metric: z.enum(METRICS).nullable(),
      /** By days since 1970 in the team's time zone, oldest first; `isApart` cannot be compared with the one before. */
      points: z.array(z.object({ x: z.int(), value: z.number().nullable(), isApart: z.boolean() })),
      fired: z.array(z.int()),
    })
    .nullable(),
  /** More is stored than a preview looks at. */
  cut: z.boolean(),
});
export type AlertPreview = z.output<typeof alertPreviewSchema>;

const yesNo = z.boolean({ error: "yes_no_expected" });

/** How a member hears of alerts, limits and changes of the provider; hours are of the team's time zone, weekdays count from 1, Monday. */
export const alertPreferenceSchema = z
  .object({
    /** Of all rules that they see, or of their own. */
    hears: z.enum(["own", "all"], { error: "alert_hears_unknown" }),
    /** Alerts in the app, and by mail. */
    inApp: yesNo,
    alertsMailed: yesNo.default(true),
    /** Limits, keys and costs to confirm; owners always hear of them in the app. */
    limitsInApp: yesNo.default(true),
    limitsMailed: yesNo.default(true),
    providerInApp: yesNo.default(true),
    providerMailed: yesNo.default(true),
    /** When what is mailed goes out, if at all. */
    mail: z.enum(ALERT_MAILS, { error: "alert_mail_unknown" }),
    ...hoursFields,
  })
  .superRefine(checkQuiet);
export type AlertPreference = z.output<typeof alertPreferenceSchema>;
