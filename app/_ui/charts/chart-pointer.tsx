"use client";
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from "react";
import { useAwake } from "@/app/_ui/use-awake";

/** Shares of the plot from its left and its top, and what to say of them. */
export type Stop = { x: number; ys: number[]; text: string };

type Props = {
  label: string;
  /** `Stop[]` as JSON, oldest first: one text travels to the browser faster than each of its values. */
  stopsJson: string;
};

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => at - 1,
  ArrowDown: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Says what stands where one points, or where the arrow keys have gone. Without a script the table beside it does. */
export function ChartPointer(props: Props) {
  return useAwake() && <Pointer {...props} />;
}

function Pointer({ label, stopsJson }: Props) {
  const stops = useMemo(() => JSON.parse(stopsJson) as Stop[], [stopsJson]);
  const [at, setAt] = useState<number | null>(null);
  const last = stops.length - 1;
  const stop = at === null ? undefined : stops[at];

  function point(event: PointerEvent<HTMLDivElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const distance = (index: number) => Math.abs((stops[index]?.x ?? 0) - x);
    setAt(stops.reduce((best, _, index) => (distance(index) < distance(best) ? index : best), 0));
  }
  function step(event: KeyboardEvent) {
    const next = STEPS[event.key]?.(at ?? last, last);
    if (event.key === "Escape") setAt(null);
    if (next === undefined) return;
    event.preventDefault();
    setAt(Math.min(last, Math.max(0, next)));
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={stops.length}
      aria-valuenow={(at ?? last) + 1}
      aria-valuetext={stops[at ?? last]?.text}
      className="lines-pointer"
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setAt(null)}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setAt(last)}
      onBlur={() => setAt(null)}
      onKeyDown={step}
    >
      {stop && (
        <>
          <span className="lines-cursor" style={{ left: `${stop.x * 100}%` }} />
          {stop.ys.map((y) => (
            <span key={y} className="lines-hit" style={{ left: `${stop.x * 100}%`, top: `${y * 100}%` }} />
          ))}
          <span className="lines-tip" style={{ left: `${stop.x * 100}%`, translate: `${-stop.x * 100}% 0` }}>
            {stop.text}
          </span>
        </>
      )}
    </div>
  );
}
