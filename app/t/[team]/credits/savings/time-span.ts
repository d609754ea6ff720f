const UNITS = [
  ["days", 1440],
  ["hours", 60],
  ["minutes", 1],
] as const;

/** Minutes in the largest unit that holds them without a rest. */
export function timeSpan(minutes: number): { unit: (typeof UNITS)[number][0]; count: number } {
  const [unit, size] = UNITS.find(([, size]) => minutes > 0 && minutes % size === 0) ?? UNITS[2];
  return { unit, count: minutes / size };
}
