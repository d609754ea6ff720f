import "server-only";
import { figuresOf } from "./own-number-rows";
import { OWN_FIGURES, type OwnNumber } from "./own-number-schemas";
import type { OwnPasteReport, PasteReason } from "./paste-own-schemas";
import type { PastedNumber, UnderstoodNumbers } from "./understand-own-numbers";

type Values = OwnPasteReport["changed"][number]["before"];

export const valuesOf = (of: Values): Values => ({ ...figuresOf(of), currency: of.currency });

const keyOf = ({ region, month }: { region: string; month: string }) => `${region} ${month}`;
const AMOUNTS = ["cpa", "cost"] as const;
const NOTHING: Values = {
  ctrPct: null,
  cvrPct: null,
  sixSecondViewRatePct: null,
  cpa: null,
  cost: null,
  currency: null,
};

/**
 * What becomes of each understood line beside the months that are there: figures that the table does not have stay as
 * they are, and an amount never comes to stand under another currency than its own.
 * @param thisMonth the team's running month; none after it is entered
 */
export function planOwnPaste(
  { numbers, misses, ignored }: Pick<UnderstoodNumbers, "numbers" | "misses" | "ignored">,
  there: readonly OwnNumber[],
  thisMonth: string,
): Omit<OwnPasteReport, "saved"> {
  const byKey = new Map(there.map((one) => [keyOf(one), one]));
  const entered: OwnPasteReport["entered"] = [];
  const changed: OwnPasteReport["changed"] = [];
  const refused: OwnPasteReport["notUnderstood"] = [];
  let same = 0;
  for (const number of numbers) {
    const before = byKey.get(keyOf(number)) ?? null;
    const after = { ...(before ? valuesOf(before) : NOTHING), ...number.figures };
    after.currency = AMOUNTS.some((name) => after[name] !== null) ? (number.currency ?? after.currency) : null;
    const reason = refusalOf(number, before, after, thisMonth);
    const { line, region, month } = number;
    if (reason) refused.push({ line, text: keyOf(number), reason });
    else if (!before) entered.push({ line, region, month, ...after });
    else if (isEqual(valuesOf(before), after)) same++;
    else {
      changed.push({ line, region, month, ...after, id: before.id, version: before.version, before: valuesOf(before) });
    }
  }
  return { entered, changed, same, notUnderstood: [...misses, ...refused].sort((a, b) => a.line - b.line), ignored };
}

function refusalOf(
  number: PastedNumber,
  before: OwnNumber | null,
  after: Values,
  thisMonth: string,
): PasteReason | null {
  if (number.month > thisMonth) return "future";
  const hasAmount = AMOUNTS.some((name) => after[name] !== null);
  if (hasAmount && after.currency === null) return "currencyMissing";
  const keepsAmount = AMOUNTS.some((name) => before && before[name] !== null && number.figures[name] === undefined);
  return keepsAmount && before?.currency !== after.currency ? "currencies" : null;
}

const isEqual = (a: Values, b: Values) =>
  a.currency === b.currency && OWN_FIGURES.every((figure) => a[figure] === b[figure]);
