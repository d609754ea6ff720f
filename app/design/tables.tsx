import { CategoryName } from "@/app/_ui/category-name";
import { FigureRows } from "@/app/_ui/figure-rows";
import { LedgerTable } from "@/app/_ui/ledger-table";
import { MetricHead } from "@/app/_ui/metric-head";
import { MonthTable } from "@/app/_ui/month-table";
import { RankingSort } from "@/app/_ui/ranking-sort";
import { RankingTable } from "@/app/_ui/ranking-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { parseView } from "@/lib/insights/sort-rows";
import { LocalRows } from "./local-rows";
import { LONG, NOW, Part, SLUG } from "./part";
import { MONTHS, ROWS } from "./samples";

const PAGE = { items: ROWS, total: 10_000, page: 3, pages: 200 };
const VIEW = parseView({});
const FIGURES = JSON.stringify([
  {
    id: "1",
    name: "Perfume",
    isHere: true,
    cells: [
      { text: "11.5K", exact: "11,500" },
      { text: "", changePct: -3 },
    ],
  },
  { id: "2", name: LONG, href: "/design", cells: [{ text: "—" }, { text: "not updated", kind: "remark" }] },
]);

/** Tables, with missing figures and very long names. */
export function Tables() {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
      <Part name="ranking-table · ranking-head · ranking-sort · metric-head · metric-hint · scroll-region">
        <RankingSort view={VIEW} sortHref={(sort, dir) => `?sort=${sort}&dir=${dir}`} />
        <div className="@container/sheet">
          <RankingTable
            rows={ROWS}
            all={ROWS}
            view={VIEW}
            sortHref={(sort, dir) => `?sort=${sort}&dir=${dir}`}
            receiptOf={() => "/design"}
            columns={null}
          />
        </div>
      </Part>
      <Part name="ledger-table">
        <LedgerTable items={[]} slug={SLUG} now={NOW} timeZone="UTC" answerHref={() => "/design"} />
      </Part>
      <Part name="figure-rows · category-name">
        <ScrollRegion label="Figures" className="overflow-x-auto">
          <table className="table answers" aria-label="Figures">
            <thead>
              <tr>
                <th scope="col" className="l">
                  <CategoryName name="Category" href={null} />
                </th>
                <MetricHead column="posts" />
                <MetricHead column="postsChangePct" />
              </tr>
            </thead>
            <FigureRows slug={SLUG} rowsJson={FIGURES} />
          </table>
        </ScrollRegion>
      </Part>
      <Part name="table-find · table-pages · local-pages">
        {["", "perfume"].map((q) => (
          <div key={q} className="sheet">
            <TableFind address={tableAddress("/design", { q, page: "3" })} shown={PAGE} table={LONG} />
            <TablePages address={tableAddress("/design", { q, page: "3" })} shown={PAGE} table={LONG} />
          </div>
        ))}
        <LocalRows />
        <NothingFound address={tableAddress("/design", { q: LONG })} table="Searches" />
      </Part>
      <Part name="month-table">
        <MonthTable slug={SLUG} name="Perfume" points={MONTHS} />
      </Part>
    </div>
  );
}
