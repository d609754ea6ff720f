import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type FigureRow, FigureRows } from "@/app/_ui/figure-rows";
import { fill } from "@/app/_ui/fill";
import { useLabels } from "@/app/_ui/labels";
import { MetricHead } from "@/app/_ui/metric-head";
import { receiptHref } from "@/app/_ui/receipt-link";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { SHOWN } from "@/lib/insights/category-tiles";
import type { HistoryPoint } from "@/lib/insights/history-schemas";
import { moment } from "@/lib/platform/format/date";
import { signedPercent } from "@/lib/platform/format/number";
import { type CategoryAddress, categoryViewHref } from "./address";
import { useShownWords } from "./shown-words";

type Props = {
  slug: string;
  id: string;
  chosen: CategoryAddress;
  /** Oldest first. */
  points: HistoryPoint[];
  name: string;
  now: Date;
  timeZone: string;
};

const NEWEST = 10;

/** Every stored answer that held the category, newest first, with its figures and its receipt: what the chart draws. */
export function AnswersTable({ slug, id, chosen, points, name, now, timeZone }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  const newest = [...points].reverse();
  const shown = chosen.allAnswers ? newest : newest.slice(0, NEWEST);
  const [receiptOf, hint] = [t("receipts.linkOf", { what: "{what}" }), t("receipts.title")];
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
          <thead>
            <tr>
              <th scope="col" className="l">
                {chosen.window === "month" ? t("window.months") : t("credits.when")}
              </th>
              {SHOWN.map((column) => (
                <MetricHead key={column} column={column === "rank" ? "position" : column} label={words.label(column)} />
              ))}
              <MetricHead column="postsChangePct" label={t("category.providerColumn")} />
              <th scope="col" className="l">
                {t("category.remarks")}
              </th>
            </tr>
          </thead>
          <FigureRows slug={slug} rowsJson={JSON.stringify(rows)} />
        </table>
      </ScrollRegion>
      {shown.length < newest.length && (
        <p className="border-line border-t px-3 py-2 text-text-3">
          {t("category.newestOf", { shown: shown.length, all: newest.length })}{" "}
          <Link
            href={categoryViewHref(slug, id, chosen, { allAnswers: true })}
            prefetch={false}
            scroll={false}
            className="link"
          >
            {t("category.showAllAnswers")}
          </Link>
        </p>
      )}
    </>
  );
}
