import "server-only";

/** A value as an index: one decimal, so that a step of the source is seen and not more. */
export const indexText = (index: number, locale: string) =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(index);
