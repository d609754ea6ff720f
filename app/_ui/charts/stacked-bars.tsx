import { useLocale } from "next-intl";
import { SoftLink } from "@/app/_ui/soft-link";
import type { Bar, StackedBars as Chart } from "@/lib/charts/prepare-stacked-bars";
import { exactNumber } from "@/lib/platform/format/number";

type Props = {
  chart: Chart;
  /** Makes the ids of this chart its own. */
  id: string;
  labelOf: (bar: Bar, index: number) => string;
  tipOf: (bar: Bar) => string;
  hrefOf: (bar: Bar) => string;
};

const HEIGHT = 176;
const TOP = 8;
const LABELS = 20;
/** A few bars stay narrow: at least so many would have room. */
const FEWEST_PLACES = 12;
const GAP = 1;
const THINNEST = 1.5;

/**
 * A prepared chart as SVG, drawn on the server. Widths are per cent, so that it fits any window without a script; what
 * it shows stands in a table beside it, which is why this is hidden from screen readers and from Tab.
 */
export function StackedBars({ chart, id, labelOf, tipOf, hrefOf }: Props) {
  const locale = useLocale();
  const { bars, ticks } = chart;
  const top = ticks.at(-1) ?? 1;
  const places = Math.max(bars.length, FEWEST_PLACES);
  const y = (share: number) => TOP + (1 - share) * HEIGHT;
  const x = (index: number, inset: number) => `${((index + inset) / places) * 100}%`;
  const width = (share: number) => `${(share / places) * 100}%`;
  return (
    <div className="bars num grid grid-cols-[auto_minmax(0,1fr)] gap-x-2" aria-hidden="true">
      <div
        className="relative w-[4ch] text-right text-[0.6875rem] text-text-3"
        style={{ height: TOP + HEIGHT + LABELS }}
      >
        {ticks.map((tick) => (
          <span key={tick} className="-translate-y-1/2 absolute right-0" style={{ top: y(tick / top) }}>
            {exactNumber(tick, locale)}
          </span>
        ))}
      </div>
      <svg aria-hidden="true" width="100%" height={TOP + HEIGHT + LABELS} className="block overflow-visible">
        {ticks.map((tick) => (
          <line key={tick} x1="0" x2="100%" y1={y(tick / top)} y2={y(tick / top)} className="bars-line" />
        ))}
        {bars.map((bar, index) => (
          <SoftLink
            key={bar.from}
            href={hrefOf(bar)}
            tabIndex={-1}
            data-tip=""
            aria-describedby={`${id}-${bar.from}`}
            className="bars-bar"
          >
            <desc id={`${id}-${bar.from}`}>{tipOf(bar)}</desc>
            <rect x={x(index, 0)} width={width(1)} y={TOP} height={HEIGHT + LABELS} className="bars-room" />
            {!bar.isFuture && bar.parts.length === 0 && (
              <rect x={x(index, 0.15)} width={width(0.7)} y={y(0) - THINNEST} height={THINNEST} className="bars-zero" />
            )}
            {bar.parts.map((part) => (
              <rect
                key={part.key}
                x={x(index, 0.15)}
                width={width(0.7)}
                y={y(part.to)}
                height={Math.max(THINNEST, (part.to - part.from) * HEIGHT - GAP)}
                rx="1.5"
                className={`series-${part.slot}`}
              />
            ))}
            {bar.isToday && (
              <rect x={x(index, 0.15)} width={width(0.7)} y={y(0) + 1} height="2" className="bars-today" />
            )}
            <text
              x={x(index, 0.5)}
              y={TOP + HEIGHT + 15}
              textAnchor="middle"
              className={`bars-label ${isLabelled(index, 1) ? "" : "hidden"} ${isLabelled(index, 5) ? "" : "max-sm:hidden"} ${bar.isToday ? "bars-label-today" : ""} ${bar.isFuture ? "bars-label-future" : ""}`}
            >
              {labelOf(bar, index)}
            </text>
          </SoftLink>
        ))}
      </svg>
    </div>
  );

  /** Labels of days are short, those of weeks and months are not: as many as there is room for. */
  function isLabelled(index: number, everyDay: number): boolean {
    const step =
      chart.unit === "day"
        ? Math.max(everyDay, bars.length > 31 ? 2 : 1)
        : Math.ceil(bars.length / (everyDay > 1 ? 4 : 12));
    return index % step === 0;
  }
}
