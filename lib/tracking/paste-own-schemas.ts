import "server-only";
import { z } from "zod";
import { regionSchema } from "@/lib/insights/schemas";
import { currencySchema } from "./own-number-schemas";

const MOST_CHARACTERS = 20_000;

export const pasteOwnNumbersSchema = z.object({
  /** A table whose first line names its columns. */
  text: z
    .string({ error: "own_paste_missing" })
    .max(MOST_CHARACTERS, { error: "own_paste_too_long" })
    .refine((text) => text.trim() !== "", { error: "own_paste_missing" }),
  /** Of lines that name none. */
  region: regionSchema,
  currency: currencySchema.default(null),
  /** Only tells what would become of it. */
  dryRun: z.boolean().default(false),
  /** The months that were shown to be changed, in the version that was shown. */
  shown: z
    .array(z.object({ id: z.uuid(), version: z.int() }))
    .max(1000)
    .default([]),
});
export type PasteOwnNumbersInput = z.output<typeof pasteOwnNumbersSchema>;

const PASTE_REASONS = [
  "month",
  "future",
  "region",
  "figure",
  "rate",
  "amount",
  "currency",
  "currencies",
  "currencyMissing",
  "nothing",
  "twice",
] as const;
export type PasteReason = (typeof PASTE_REASONS)[number];

const value = z.number().nullable();
const valuesSchema = z.object({
  ctrPct: value,
  cvrPct: value,
  sixSecondViewRatePct: value,
  cpa: value,
  cost: value,
  currency: z.string().nullable(),
});
const monthSchema = valuesSchema.extend({ line: z.int(), region: regionSchema, month: z.string() });

export const ownPasteReportSchema = z.object({
  /** False after a dry run: nothing was kept yet. */
  saved: z.boolean(),
  entered: z.array(monthSchema),
  changed: z.array(monthSchema.extend({ id: z.uuid(), version: z.int(), before: valuesSchema })),
  /** Months that say what is there already. */
  same: z.int(),
  /** Lines of which nothing is kept. */
  notUnderstood: z.array(z.object({ line: z.int(), text: z.string(), reason: z.enum(PASTE_REASONS) })),
  /** Heads of columns that hold nothing of this. */
  ignored: z.array(z.string()),
});
export type OwnPasteReport = z.output<typeof ownPasteReportSchema>;
