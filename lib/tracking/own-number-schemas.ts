import "server-only";
import { z } from "zod";
import { regionSchema } from "@/lib/insights/schemas";

/** What is kept of a month, named as the provider's figures that it stands beside. */
export const OWN_FIGURES = ["ctrPct", "cvrPct", "sixSecondViewRatePct", "cpa", "cost"] as const;
export type OwnFigure = (typeof OWN_FIGURES)[number];

const MOST_AMOUNT = 1e12;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** A cell as people type it: "1.83%", "1,234.5" or empty. What is no number stays as it is and is refused by name. */
function figureTyped(given: unknown): unknown {
  if (typeof given !== "string") return given;
  const text = given.normalize("NFKC").replace(/[\s%]/g, "");
  if (text === "") return null;
  return /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(text) ? Number(text.replaceAll(",", "")) : given;
}
const figure = (most: number, tooMuch: string) =>
  z.preprocess(
    figureTyped,
    z
      .number({ error: "own_figure_unknown" })
      .min(0, { error: "own_figure_negative" })
      .max(most, { error: tooMuch })
      .nullable(),
  );
const rate = figure(100, "own_rate_too_high");
const amount = figure(MOST_AMOUNT, "own_amount_too_high");
export const currencySchema = z.preprocess(
  (given) => (typeof given === "string" ? given.trim().toUpperCase() || null : given),
  z
    .string({ error: "own_currency_unknown" })
    .refine((code) => CURRENCIES.has(code), { error: "own_currency_unknown" })
    .nullable(),
);
const month = z
  .string({ error: "own_month_unknown" })
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/, { error: "own_month_unknown" });

export const createOwnNumberSchema = z.object({
  region: regionSchema,
  /** `YYYY-MM`, up to the team's current month. */
  month,
  ctrPct: rate.default(null),
  cvrPct: rate.default(null),
  sixSecondViewRatePct: rate.default(null),
  cpa: amount.default(null),
  cost: amount.default(null),
  /** ISO 4217; needed with `cpa` or `cost`. */
  currency: currencySchema.default(null),
});
export type CreateOwnNumberInput = z.output<typeof createOwnNumberSchema>;

export const updateOwnNumberSchema = z.object({
  ctrPct: rate.optional(),
  cvrPct: rate.optional(),
  sixSecondViewRatePct: rate.optional(),
  cpa: amount.optional(),
  cost: amount.optional(),
  currency: currencySchema.optional(),
  /** The version that the change was made on: somebody else's change since then is a conflict. */
  version: z.int({ error: "version_unknown" }).min(1, { error: "version_unknown" }).optional(),
});
export type UpdateOwnNumberInput = z.output<typeof updateOwnNumberSchema>;

const figures = z.number().nullable();
export const ownNumberSchema = z.object({
  id: z.uuid(),
  categoryId: z.string(),
  region: regionSchema,
  month: z.string(),
  ctrPct: figures,
  cvrPct: figures,
  sixSecondViewRatePct: figures,
  cpa: figures,
  cost: figures,
  currency: z.string().nullable(),
  /** Who entered it; null once they have left the team. */
  maker: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  version: z.int(),
  updatedAt: z.iso.datetime(),
});
export type OwnNumber = z.output<typeof ownNumberSchema>;
