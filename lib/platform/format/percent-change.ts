/** How much a figure changed in per cent of what it was; null where either is missing, and from 0. */
export const percentChange = (before: number | null, after: number | null): number | null =>
  before === null || after === null || before === 0 ? null : ((after - before) / Math.abs(before)) * 100;
