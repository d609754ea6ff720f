import "server-only";
import { judgeStatement, type Span } from "@/lib/credits/reconcile";
import type { SourcePrice } from "./source-check-schemas";

/** Two balances that a person stated one after another for the same key, and what happened between them. */
export type StatedPair = { from: Date; to: Date; before: number; after: number; span: Span };

const UNKNOWN: SourcePrice = { verdict: "unknown", from: null, to: null, charged: null, drift: null };

/**
 * What stated balances say of the prices that the ledger assumes, by the first pair that has the whole check between
 * them. `drift` is what the account lost beyond what the ledger says was charged; below 0 it lost less. Pure.
 */
export function priceOfCheck(pairs: readonly StatedPair[], first: Date | null, last: Date | null): SourcePrice {
  if (!first || !last) return UNKNOWN;
  const pair = pairs
    .filter(({ from, to }) => from < first && to >= last)
    .toSorted((a, b) => a.to.getTime() - b.to.getTime())[0];
  if (!pair) return UNKNOWN;
  const { drift } = judgeStatement(pair.before, pair.span, pair.after);
  return {
    verdict: drift === 0 ? "as_told" : drift > 0 ? "more" : "less",
    from: pair.from.toISOString(),
    to: pair.to.toISOString(),
    charged: pair.span.charged,
    drift,
  };
}
