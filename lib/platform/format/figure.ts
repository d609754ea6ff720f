import { amount, compactNumber, MISSING, percent, signedPercent } from "./number";

/** How a figure is written: a number of things, a share in per cent, a change in per cent, or money of unknown currency. */
export type FigureKind = "count" | "rate" | "change" | "amount";

/** A figure as it stands in a cell, a chart or a message. */
export function figure(value: number | null, kind: FigureKind, locale: string): string {
  switch (kind) {
    case "rate":
      return percent(value);
    case "change":
      return signedPercent(value)?.text ?? MISSING;
    case "amount":
      return amount(value, locale);
    case "count":
      return compactNumber(value, locale);
    default:
      return unwritten(kind);
  }
}

function unwritten(kind: never): never {
  throw new Error(`No way to write ${kind}: figure names each kind`);
}
