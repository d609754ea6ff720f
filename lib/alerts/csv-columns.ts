import "server-only";
import { METRIC_KEYS } from "@/lib/insights/csv-columns";
import { dayOfNumber } from "@/lib/insights/day-points";
import type { CsvColumn } from "@/lib/platform/csv";
import type { Alert, AlertPreview, AlertRule } from "./schemas";

type Source = "live" | "sandbox" | null;

const figureOf = ({ metric }: Pick<Alert, "metric">) => metric && METRIC_KEYS[metric];

/** What rules told, each with both answers that it was told from. */
export const alertColumns = (source: Source): readonly CsvColumn<Alert>[] => [
  { key: "alert_id", value: ({ id }) => id },
  { key: "told_at", value: ({ firedAt }) => firedAt },
  { key: "rule_id", value: ({ ruleId }) => ruleId },
  { key: "rule", value: ({ ruleName }) => ruleName || null },
  { key: "condition", value: ({ condition }) => condition },
  { key: "figure", value: figureOf },
  { key: "threshold", value: ({ value }) => value },
  { key: "against", value: ({ against }) => against },
  { key: "category_id", value: ({ categoryId }) => categoryId },
  { key: "category", value: ({ categoryName }) => categoryName },
  { key: "source", value: () => source },
  { key: "region", value: ({ region }) => region },
  { key: "window", value: ({ window }) => window },
  { key: "before", value: ({ oldValue }) => oldValue },
  { key: "after", value: ({ newValue }) => newValue },
  { key: "observations", value: ({ observations }) => observations },
  { key: "before_fetched_at", value: ({ oldAt }) => oldAt },
  { key: "after_fetched_at", value: ({ newAt }) => newAt },
  { key: "before_request_id", value: ({ oldReceiptId }) => oldReceiptId },
  { key: "request_id", value: ({ newReceiptId }) => newReceiptId },
];

export const RULE_COLUMNS: readonly CsvColumn<AlertRule>[] = [
  { key: "rule_id", value: ({ id }) => id },
  { key: "name", value: ({ name }) => name || null },
  { key: "condition", value: ({ condition }) => condition },
  { key: "figure", value: figureOf },
  { key: "threshold", value: ({ value }) => value },
  { key: "against", value: ({ against }) => against },
  { key: "category_id", value: ({ categoryId }) => categoryId },
  { key: "category", value: ({ categoryName }) => categoryName },
  { key: "region", value: ({ region }) => region },
  { key: "window", value: ({ window }) => window },
  { key: "watchlist_id", value: ({ watchlistId }) => watchlistId },
  { key: "search_id", value: ({ searchId }) => searchId },
  { key: "list_or_search", value: ({ scopeName }) => scopeName },
  { key: "visible", value: ({ shared }) => (shared ? "team" : "private") },
  { key: "member", value: ({ owner }) => owner?.name ?? null },
  { key: "muted", value: ({ muted }) => (muted ? "yes" : "no") },
  { key: "pause_hours", value: ({ cooldownHours }) => cooldownHours },
  { key: "told_in_30_days", value: ({ firedCount }) => firedCount },
  { key: "told_at", value: ({ lastFiredAt }) => lastFiredAt },
  { key: "created_at", value: ({ createdAt }) => createdAt },
];

type Course = NonNullable<AlertPreview["course"]>;

/** The stored course that a rule is tried on, a line for each day. */
export const courseColumns = (course: Course, source: Source): readonly CsvColumn<Course["points"][number]>[] => [
  { key: "date", value: ({ x }) => dayOfNumber(x) },
  { key: "category_id", value: () => course.categoryId },
  { key: "category", value: () => course.categoryName },
  { key: "source", value: () => source },
  { key: "region", value: () => course.region },
  { key: "window", value: () => course.window },
  { key: "figure", value: () => figureOf(course) ?? "position" },
  { key: "value", value: ({ value }) => value },
  { key: "not_comparable", value: ({ isApart }) => (isApart ? "yes" : "no") },
  { key: "told", value: ({ x }) => (course.fired.includes(x) ? "yes" : "no") },
];
