import "server-only";
import type { Question, Region } from "@/lib/insights/schemas";
import { closedMonths } from "@/lib/platform/format/date";

/** The vendor's own sample is of this third-level category, and its sample call names a first-level one. */
const SAMPLE_THIRD = "601583";
const SAMPLE_FIRST = "601450";
/** A keyword that no name of a category holds. */
const NOTHING = "zzqxvk nothing";
/** Small markets: nobody knows whether the source covers them. */
const RARE: readonly Region[] = ["UY", "KH"];
/** The last month that has ended, the farthest that is said to answer, and one beyond it. */
export const MONTHS_BACK = [1, 4, 6] as const;

/**
 * What a check asks, in this order and under these names: what goes most likely without an answer stands apart, for
 * failures in a row end a run.
 */
export const SOURCE_PARTS = [
  "base",
  "day",
  "month",
  "closed",
  "everywhere",
  "old",
  "second",
  "rare",
  "third",
  "older",
  "nothing",
  "first",
] as const;
export type SourcePart = (typeof SOURCE_PARTS)[number];

/** One question for each part. All are about one region, so that one thing at a time differs from the first. */
export function sourceQuestions(now: Date, preferred: Region): Question[] {
  const region: Region = preferred === "all_regions" ? "US" : preferred;
  const base: Question = { region, window: "7", category: undefined, q: undefined, page: 1 };
  // Months end as the ledger counts them: in UTC.
  const months = closedMonths(now, Math.max(...MONTHS_BACK), "UTC");
  const back = (count: number) => ({ window: months[count - 1] ?? "" });
  const [recent, old, older] = MONTHS_BACK;
  const differing: Record<SourcePart, Partial<Question>> = {
    base: {},
    day: { window: "1" },
    month: { window: "30" },
    closed: back(recent),
    everywhere: { region: "all_regions" },
    old: back(old),
    second: { page: 2 },
    rare: { region: RARE.find((rare) => rare !== region) ?? "UY" },
    third: { category: SAMPLE_THIRD },
    older: back(older),
    nothing: { q: NOTHING },
    first: { category: SAMPLE_FIRST },
  };
  return SOURCE_PARTS.map((part) => ({ ...base, ...differing[part] }));
}
