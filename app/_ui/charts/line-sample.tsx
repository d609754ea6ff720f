import { letterAt } from "./compare-lines";

type Props = { slot: number; index: number };

/** A line's letter and stroke, which tell it apart also without colours. */
export function LineSample({ slot, index }: Props) {
  return (
    <>
      <b>{letterAt(index)}</b>
      <svg viewBox="0 0 30 10" aria-hidden="true" className={`lines-sample line-${slot} dash-${index}`}>
        <path d="M0 5H30" className="lines-line" fill="none" />
      </svg>
    </>
  );
}
