import type { BarSeries } from "@/lib/charts/prepare-stacked-bars";

type Props = { series: Pick<BarSeries, "key" | "slot">[]; nameOf: (key: string) => string };

/** Which colour is whose. */
export function ChartLegend({ series, nameOf }: Props) {
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-0.5 text-text-2">
      {series.map(({ key, slot }) => (
        <li key={key} className="inline-flex items-center gap-1.5">
          <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2.5">
            <rect width="10" height="10" rx="2" className={`series-${slot}`} />
          </svg>
          {nameOf(key)}
        </li>
      ))}
    </ul>
  );
}
