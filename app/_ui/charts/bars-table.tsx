import { useLocale } from "next-intl";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { SoftLink } from "@/app/_ui/soft-link";
import type { TableAddress } from "@/app/_ui/table-address";
import { TablePages } from "@/app/_ui/table-pages";
import type { Bar, StackedBars } from "@/lib/charts/prepare-stacked-bars";
import { exactNumber } from "@/lib/platform/format/number";
import { tablePageOf } from "@/lib/platform/format/table-page";

type Props = {
  chart: StackedBars;
  table: TableAddress;
  label: string;
  summary: string;
  head: string;
  totalHead: string;
  todayMark: string;
  nameOf: (key: string) => string;
  spanOf: (bar: Bar) => string;
  hrefOf: (bar: Bar) => string;
};

/** The figures behind stacked bars, to read, to copy, and for who cannot see the bars. */
export function BarsTable(props: Props) {
  const { chart, table, label, summary, head, totalHead, todayMark, nameOf, spanOf, hrefOf } = props;
  const locale = useLocale();
  const bars = tablePageOf(
    chart.bars.filter(({ isFuture }) => !isFuture),
    { ...table.look, q: "" },
    () => [],
  );
  if (chart.series.length === 0) return null;
  return (
    <details id="bars" className="mt-2" open={bars.page > 1 || undefined}>
      <summary className="w-fit text-text-3 text-xs hover:text-text">
        <span className="dotted">{summary}</span>
      </summary>
      <ScrollRegion label={label} className="mt-2 max-h-80 overflow-auto">
        <table className="table" aria-label={label}>
          <thead>
            <tr>
              <th scope="col" className="l">
                {head}
              </th>
              {chart.series.map(({ key }) => (
                <th key={key} scope="col">
                  {nameOf(key)}
                </th>
              ))}
              <th scope="col">{totalHead}</th>
            </tr>
          </thead>
          <tbody>
            {bars.items.map((bar) => (
              <tr key={bar.from}>
                <th scope="row" className="l">
                  <SoftLink href={hrefOf(bar)} className="link text-text">
                    {spanOf(bar)}
                  </SoftLink>
                  {bar.isToday && ` · ${todayMark}`}
                </th>
                {chart.series.map(({ key }) => (
                  <td key={key}>{exactNumber(bar.parts.find((part) => part.key === key)?.value ?? 0, locale)}</td>
                ))}
                <td className="font-medium">{exactNumber(bar.total, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <TablePages address={table} shown={bars} table={label} />
    </details>
  );
}
