import { BarsTable } from "@/app/_ui/charts/bars-table";
import { ChartFiles } from "@/app/_ui/charts/chart-files";
import { ChartLegend } from "@/app/_ui/charts/chart-legend";
import { LineChart } from "@/app/_ui/charts/line-chart";
import { LineSample } from "@/app/_ui/charts/line-sample";
import { Sparkline } from "@/app/_ui/charts/sparkline";
import { StackedBars } from "@/app/_ui/charts/stacked-bars";
import { tableAddress } from "@/app/_ui/table-address";
import { prepareLineChart } from "@/lib/charts/prepare-line-chart";
import { prepareStackedBars } from "@/lib/charts/prepare-stacked-bars";
import { Part } from "./part";

const course = (slot: number, points: (number | null)[]) => ({
  key: String(slot),
  slot,
  points: points.map((value, x) => ({ x, value })),
});
const LINES = prepareLineChart({
  series: [course(0, [4, 5, 7, 6, null, null, 9, 10]), course(1, [8, 7, 7, 5, 4, 4, 3, 2])],
  from: 0,
  to: 7,
  maxGap: 1,
});
const BARS = prepareStackedBars({
  from: "2026-11-01",
  to: "2026-11-14",
  today: "2026-11-14",
  fixed: [],
  order: ["Mia", "Wei"],
  values: Array.from({ length: 28 }, (_, nth) => ({
    day: `2026-11-${String((nth % 14) + 1).padStart(2, "0")}`,
    series: nth < 14 ? "Mia" : "Wei",
    value: (nth * 7) % 23,
  })),
});

/** Charts with gaps and with several lines, and the tables behind them. */
export function Charts() {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3.5 lg:grid-cols-2">
      <Part name="charts/line-chart · line-sample · chart-pointer">
        <div className="flex gap-3">
          <LineSample slot={0} index={0} />
          <LineSample slot={1} index={1} />
        </div>
        {LINES && (
          <LineChart
            chart={LINES}
            label="Popularity"
            figureOf={String}
            markOf={(at) => `day ${at}`}
            nameOf={(key) => key}
            letterOf={(key) => (key === "0" ? "A" : "B")}
          />
        )}
      </Part>
      <Part name="charts/stacked-bars · bars-table · chart-legend · chart-files">
        <div className="flex flex-wrap gap-3">
          <ChartLegend series={BARS.series} nameOf={(key) => key} />
          <ChartFiles href="/api/v1/credits/summary.svg" name="Credits" fileName="credits" />
        </div>
        <StackedBars
          chart={BARS}
          id="design"
          labelOf={(bar) => bar.from.slice(8)}
          tipOf={(bar) => `${bar.from}: ${bar.total}`}
          hrefOf={() => "/design"}
        />
        <BarsTable
          chart={BARS}
          table={tableAddress("/design", {})}
          label="Credits"
          summary="As a table"
          head="Day"
          totalHead="Total"
          todayMark="today"
          nameOf={(key) => key}
          spanOf={(bar) => bar.from}
          hrefOf={() => "/design"}
        />
      </Part>
      <Part name="charts/sparkline">
        <Sparkline points={[3, 5, 4, null, 7, 8].map((value, x) => ({ x, value }))} maxGap={1} />
      </Part>
    </div>
  );
}
