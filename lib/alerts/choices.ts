// What forms offer to choose from, without the schemas: browsers need not load what checks them.

/** When a rule has something to tell. */
export const ALERT_CONDITIONS = [
  "crosses_up",
  "crosses_down",
  "rises_by",
  "falls_by",
  "changes_by",
  "enters_top",
  "leaves_top",
  "is_new",
  "reverses",
  "unusual",
  "older_than",
] as const;
export type AlertCondition = (typeof ALERT_CONDITIONS)[number];
/** About a figure; the others are about places in a ranking or ages. */
export const METRIC_CONDITIONS: readonly AlertCondition[] = [
  "crosses_up",
  "crosses_down",
  "rises_by",
  "falls_by",
  "changes_by",
  "reverses",
  "unusual",
];
/** In per cent, against an earlier answer. */
export const PERCENT_CONDITIONS: readonly AlertCondition[] = ["rises_by", "falls_by", "changes_by"];
/** By the places of the pages that were bought. */
export const PLACE_CONDITIONS: readonly AlertCondition[] = ["enters_top", "leaves_top", "is_new"];
/** Without a number. */
export const VALUELESS_CONDITIONS: readonly AlertCondition[] = ["is_new", "reverses"];
export const ALERT_AGAINST = ["previous", "week"] as const;
export const ALERT_MAILS = ["off", "at_once", "daily", "weekly"] as const;
