import { MISSING, signedPercent } from "@/lib/platform/format/number";

/** An arrow that follows the size and the colour of its text. */
export const Arrow = ({ direction }: { direction: "up" | "down" }) => (
  <i className={`arrow arrow-${direction}`} aria-hidden="true" />
);

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
