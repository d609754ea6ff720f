import { useLocale, useTranslations } from "next-intl";
import { type FigureHead, FigureHeads } from "@/app/_ui/figure-heads";
import { type FigureRow, FigureRows } from "@/app/_ui/figure-rows";
import { fill } from "@/app/_ui/fill";
import { useLabels } from "@/app/_ui/labels";
import { receiptHref } from "@/app/_ui/receipt-link";
import { MOST_ON_PAPER, OnPaper } from "@/app/_ui/report/on-paper";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { SoftLink } from "@/app/_ui/soft-link";
import type { TableAddress } from "@/app/_ui/table-address";
import { TablePages } from "@/app/_ui/table-pages";
import { useFigureHead } from "@/app/_ui/use-figure-head";
import { SHOWN } from "@/lib/insights/category-tiles";
import type { HistoryPoint } from "@/lib/insights/history-schemas";
import { moment } from "@/lib/platform/format/date";
import { signedPercent } from "@/lib/platform/format/number";
import { tablePageOf } from "@/lib/platform/format/table-page";
import { type CategoryAddress, categoryViewHref } from "./address";
import { useShownWords } from "./shown-words";

type Props = {
  slug: string;
  id: string;
  chosen: CategoryAddress;
  /** Oldest first. */
  points: HistoryPoint[];
  /** Where its pages are; null on paper, which has none. */
  table: TableAddress | null;
  name: string;
  now: Date;
  timeZone: string;
};

const NEWEST = 10;

/** Every stored answer that held the category, newest first, with its figures and its receipt: what the chart draws. */
export function AnswersTable({ slug, id, chosen, points, table, name, now, timeZone }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  const newest = [...points].reverse();
  const page = table && chosen.allAnswers ? tablePageOf(newest, { ...table.look, q: "" }, () => []) : null;
  const shown = page ? page.items : newest.slice(0, table ? NEWEST : MOST_ON_PAPER);
  const [receiptOf, hint] = [t("receipts.linkOf", { what: "{what}" }), t("receipts.title")];
  const head = useFigureHead();
  const heads: FigureHead[] = [
    { key: "when", className: "l", text: t(chosen.window === "month" ? "window.months" : "credits.when") },
    ...SHOWN.map((column) => head(column === "rank" ? "position" : column, { text: words.label(column) })),
    head("postsChangePct", { text: t("category.providerColumn") }),
    { key: "remarks", className: "l", text: t("category.remarks") },
  ];
  const rows = shown.map((point): FigureRow => {
    const when = moment(point.fetchedAt, now, locale, timeZone);
    const title = chosen.window === "month" ? labels.window(point.window) : when;
    const remarks = [
      point.notUpdated && t("category.notUpdated"),
      point.unfinished && t("category.unfinished"),
      chosen.window === "month" && t("category.asFetched", { when }),
    ];
    return {
      id: `${point.window}/${point.fetchedAt}`,
      name: title,
      receipt: {
        href: receiptHref(slug, point.receiptId, point.place),
        label: fill(receiptOf, { what: `${name} · ${title}` }),
        hint,
      },
      cells: [
        ...SHOWN.map((column) => words.value(point[column], column)),
        { text: signedPercent(point.postsChangePct)?.text ?? words.value(null, "posts").text },
        { text: remarks.filter(Boolean).join(" · "), kind: "remark" },
      ],
    };
  });
  return (
    <>
      <ScrollRegion label={t("category.answersScroll")} className="max-h-[28rem] overflow-auto">
        <table className="table answers" aria-label={t("category.answers")}>
          <FigureHeads headsJson={JSON.stringify(heads)} />
          <FigureRows slug={slug} rowsJson={JSON.stringify(rows)} />
        </table>
      </ScrollRegion>
      {table && page && <TablePages address={table} shown={page} table={t("category.answers")} />}
      {!table && <OnPaper shown={shown.length} all={newest.length} />}
      {table && !page && shown.length < newest.length && (
        <p className="border-line border-t px-3 py-2 text-text-3">
          {t("category.newestOf", { shown: shown.length, all: newest.length })}{" "}
          <SoftLink href={categoryViewHref(slug, id, chosen, { allAnswers: true })} scroll={false} className="link">
            {t("category.showAllAnswers")}
          </SoftLink>
        </p>
      )}
    </>
  );
}
