import { MISSING, signedPercent } from "@/lib/platform/format/number";

/** An arrow of 9 px that follows the colour of its text. */
export function Arrow({ direction }: { direction: "up" | "down" }) {
  return (
    <svg viewBox="0 0 10 9" aria-hidden="true" className="inline-block h-[0.6em] w-[0.68em] shrink-0 self-center">
      <path d={direction === "up" ? "M5 0l5 9H0z" : "M5 9L0 0h10z"} fill="currentColor" />
    </svg>
  );
}

type Props = {
  pct: number | null;
  /** Why it may be no change at all, where it is one step of a rounded figure. */
  rounding?: string | null;
};

/** A change: arrow, sign and the reader's colour of up. The colour is direction, never judgement. */
export function Change({ pct, rounding = null }: Props) {
  const change = signedPercent(pct);
  if (!change) return <span className="text-text-3">{MISSING}</span>;
  if (rounding !== null) {
    return (
      <span className="text-text-3" title={rounding}>
        ≈ {change.text}
        <span className="sr-only"> {rounding}</span>
      </span>
    );
  }
  const tone = { up: "text-up", down: "text-down", flat: "text-text-3" }[change.direction];
  return (
    <span className={`inline-flex items-baseline gap-1 ${tone}`}>
      {change.direction !== "flat" && <Arrow direction={change.direction} />}
      {change.text}
    </span>
  );
}
