import type { LineChart as Chart } from "@/lib/charts/prepare-line-chart";
import { ChartPointer, type Stop } from "./chart-pointer";

type Props = {
  chart: Chart;
  /** What the lines show, for whoever moves along them with the keyboard. */
  label: string;
  figureOf: (value: number, key: string) => string;
  /** How a place of the axis of time reads. */
  markOf: (at: number) => string;
  /** Names the lines in the pointer's text; left out for a single one. */
  nameOf?: (key: string) => string;
  /** What stands for a line where it ends, so that lines are told apart also without colours; likewise left out. */
  letterOf?: (key: string) => string;
  /** What a mark stands for, for whoever moves along the line. */
  eventText?: string;
};

const DOT = 6;

/**
 * A prepared chart as SVG, drawn on the server: it fits any width without a script, because the drawing is stretched and
 * strokes are not. Its figures stand in a table beside it, which is why the drawing is hidden from screen readers.
 */
export function LineChart({ chart, label, figureOf, markOf, nameOf, letterOf, eventText }: Props) {
  const { ticks, marks, lines, gaps, events, stops } = chart;
  const pct = (share: number) => `${share * 100}%`;
  // A narrow window has room for every second day, but only for every third place that names its year.
  const narrowStep = marks.some(({ at }) => /\d{4}/.test(markOf(at))) ? 3 : 2;
  return (
    <div className={`lines num ${letterOf ? "lines-several" : ""}`}>
      <div className="lines-ticks" aria-hidden="true">
        {ticks.map(({ value, y }) => (
          <span key={value} style={{ top: pct(y) }}>
            {figureOf(value, "")}
          </span>
        ))}
      </div>
      <div className="relative">
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true" className="lines-plot">
          {gaps.map(({ from, to }) => (
            <rect key={from} x={from * 1000} width={(to - from) * 1000} y="0" height="1000" className="lines-gap" />
          ))}
          {ticks.map(({ value, y }) => (
            <path key={value} d={`M0 ${y * 1000}H1000`} className="lines-grid" />
          ))}
          {events.map(({ at, x }) => (
            <path key={at} d={`M${x * 1000} 0V1000`} className="lines-event" />
          ))}
          {lines.map(({ key, slot, paths, dots, last }, index) => (
            <g key={key} className={`line-${slot} ${letterOf ? `dash-${index}` : ""}`}>
              <path d={paths.join("")} className="lines-line" />
              {[...dots, ...(last ? [last] : [])].map(({ x, y }) => (
                <path key={x} d={`M${x * 1000} ${y * 1000}h0`} strokeWidth={DOT} className="lines-dot" />
              ))}
            </g>
          ))}
        </svg>
        {letterOf &&
          lines.map(({ key, nameY }) =>
            nameY === null ? null : (
              <span key={key} className="lines-letter" style={{ top: pct(nameY) }} aria-hidden="true">
                {letterOf(key)}
              </span>
            ),
          )}
        <ChartPointer
          label={label}
          stopsJson={JSON.stringify(
            stops.map(
              ({ at, x, values }): Stop => ({
                x,
                ys: values.map(({ y }) => y),
                text: [
                  markOf(at),
                  ...values.map(({ key, value }) => [nameOf?.(key), figureOf(value, key)].filter(Boolean).join(" ")),
                  ...(eventText && events.some((event) => event.at === at) ? [eventText] : []),
                ].join(" · "),
              }),
            ),
          )}
        />
      </div>
      <div className="lines-marks" aria-hidden="true">
        {marks.map(({ at, x }, index) => (
          <span
            key={at}
            style={{ left: pct(x), translate: `${-x * 100}% 0` }}
            className={(marks.length - 1 - index) % narrowStep === 0 ? undefined : "max-sm:hidden"}
          >
            {markOf(at)}
          </span>
        ))}
      </div>
    </div>
  );
}
