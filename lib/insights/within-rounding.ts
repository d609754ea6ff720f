import "server-only";

/**
 * Whether two different values of a rounded figure lie one step apart: a step is one of the last decimal given, or for
 * whole numbers that end in zeros one of the third figure. Exact counts have no rounding.
 */
export function isStep(was: number | null, is: number | null): boolean {
  if (was === null || is === null || was === is) return false;
  const step = stepOf(was, is);
  return step !== null && Math.abs(is - was) <= step * 1.000001;
}

function stepOf(a: number, b: number): number | null {
  const decimals = Math.max(decimalsOf(a), decimalsOf(b));
  if (decimals > 0) return 10 ** -decimals;
  const zeros = Math.min(zerosOf(a), zerosOf(b));
  const largest = Math.max(Math.abs(a), Math.abs(b));
  const exponent = Math.min(zeros, Math.floor(Math.log10(largest)) - 2);
  return exponent >= 1 ? 10 ** exponent : null;
}

const decimalsOf = (value: number) => /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;

/** Zeros at the end of a whole number; 0 itself ends in as many as one likes. */
const zerosOf = (value: number) =>
  value === 0 ? Number.POSITIVE_INFINITY : (/0*$/.exec(String(value))?.[0].length ?? 0);
