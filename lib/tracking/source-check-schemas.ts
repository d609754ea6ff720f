import "server-only";
import { z } from "zod";
import { METRICS, regionSchema, UPSTREAMS } from "@/lib/insights/schemas";
import { runOrderSchema, runSchema } from "./schemas";

/** A check accepts what is this young: answers are compared with one another, so that they must be of one time. */
export const SOURCE_MAX_AGE_MINUTES = 60;

export const checkSourceSchema = runOrderSchema.omit({ maxAgeMinutes: true });
export type CheckSourceInput = z.output<typeof checkSourceSchema>;

/** What a request came back with, where it came back with no rows to look at. */
export const NO_ROWS = ["empty", "no_data", "unreadable", "error"] as const;

const finding = <const A extends string, const V extends readonly [string, ...string[]], F extends z.ZodRawShape>(
  about: A,
  verdicts: V,
  facts: F,
) =>
  z.object({
    about: z.literal(about),
    /** `unknown`: the answers do not tell. */
    verdict: z.enum([...verdicts, "unknown"]),
    /** The receipts of the answers that it rests on. */
    receiptIds: z.array(z.uuid()),
    ...facts,
  });

const count = z.int();

export const sourceFindingSchema = z.discriminatedUnion("about", [
  finding("windows", ["differ", "partly", "same"], {
    /** The popularity of the same categories, as times that of 7 days; the median. */
    dayTimes: z.number().nullable(),
    monthTimes: z.number().nullable(),
  }),
  finding("region", ["applied", "ignored"], { region: regionSchema }),
  finding("rare", ["own", "ignored", ...NO_ROWS], { region: regionSchema, rows: count }),
  finding("months", ["answer", "ignored", "none"], {
    months: z.array(
      z.object({
        month: z.string(),
        /** 1 is the last one that has ended. */
        back: count,
        /** `window`: exactly the answer of another window. */
        answer: z.enum(["rows", "window", ...NO_ROWS, "unknown"]),
      }),
    ),
    /** How far back one answered, and from where on none did; null when the answers do not tell. */
    reach: count.nullable(),
    beyond: count.nullable(),
  }),
  finding("category", ["filtered", "ignored", "other", ...NO_ROWS], { category: z.string(), rows: count }),
  finding("level", ["filtered", "ignored", "other", ...NO_ROWS], { category: z.string(), rows: count }),
  finding("nothing", ["rows", "ignored", ...NO_ROWS], {
    /** What the ledger holds of it; what the account really lost, only its balance tells. */
    charge: z.enum(["charged", "not_charged", "unsettled"]).nullable(),
  }),
  finding("paging", ["goes_on", "overlaps", "repeats", "ends"], {
    first: count,
    second: count,
    shared: count,
    total: count.nullable(),
  }),
  finding("order", ["popularity", "other"], { rows: count, outOfOrder: count }),
  finding("figures", ["complete", "missing"], { missing: z.array(z.enum(METRICS)) }),
]);
export type SourceFinding = z.output<typeof sourceFindingSchema>;

/** What two stated balances around a check say of the prices that the ledger assumes. */
export const sourcePriceSchema = z.object({
  verdict: z.enum(["as_told", "more", "less", "unknown"]),
  /** The first statement, and the one that came after the check. */
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  /** What the ledger says was charged between them, and what the account lost beyond that. */
  charged: count.nullable(),
  drift: count.nullable(),
});
export type SourcePrice = z.output<typeof sourcePriceSchema>;

export const sourceCheckSchema = z.object({
  run: runSchema,
  upstream: z.enum(UPSTREAMS),
  key: z.object({ id: z.uuid(), name: z.string(), lastFour: z.string() }),
  /** Null while it is under way, and when it was stopped before it asked anything. */
  findings: z.array(sourceFindingSchema).nullable(),
  price: sourcePriceSchema,
});
export type SourceCheck = z.output<typeof sourceCheckSchema>;

/** The newest checks of the team's source, and what another one would cost now. */
export const sourceChecksSchema = z.object({ credits: count, requests: count, items: z.array(sourceCheckSchema) });
export type SourceChecks = z.output<typeof sourceChecksSchema>;
