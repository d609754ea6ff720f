/**
 * The tint of each cell of a column: the share of the other shown values that it beats, 0 to 1. `better` says which
 * end is good. Missing has no tint and is not counted; fewer than three values say nothing and get none.
 */
export function prepareHeat(values: (number | null)[], better: "high" | "low"): (number | null)[] {
  const known = values.filter((value) => value !== null);
  if (known.length < 3) return values.map(() => null);
  return values.map((value) => {
    if (value === null) return null;
    const beaten = known.filter((other) => (better === "high" ? other < value : other > value)).length;
    const equal = known.filter((other) => other === value).length - 1;
    return (beaten + equal / 2) / (known.length - 1);
  });
}
