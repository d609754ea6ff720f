import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/translate";
import { calendarMonth, fullDay } from "@/lib/platform/format/date";
import { compactNumber, exactNumber, percent, signedPercent } from "@/lib/platform/format/number";

type Side = { value: number | null } | null;

/** A week as a mail carries it. */
export type ReviewTold = {
  from: string;
  to: string;
  window: string;
  metric: string;
  counts: { up: number; down: number; new: number; gone: number };
  held: number;
  moves: readonly {
    categoryId: string;
    categoryName: string | null;
    region: string;
    kind: string;
    before: Side;
    after: Side;
    change: number | null;
  }[];
  spentCredits: number;
  heldCredits: number;
  comment: string;
  commentedBy: string | null;
};

/** The comment, what moved, one line each, and what it cost. @param own makes somebody's words harmless */
export function reviewLines(
  t: Translate,
  locale: Locale,
  review: ReviewTold,
  own: (text: string, longest?: number) => string,
): string[] {
  const { counts, moves, held, metric, window, comment, commentedBy, spentCredits, heldCredits } = review;
  const regions = new Intl.DisplayNames(locale, { type: "region" });
  const regionName = (region: string) =>
    region === "all_regions" || region === "TW" ? t(`region.${region}`) : (regions.of(region) ?? region);
  const figure = (side: Side) =>
    side === null || side.value === null
      ? "–"
      : metric.endsWith("Pct")
        ? percent(side.value)
        : compactNumber(side.value, locale);
  const moved = moves.map(({ kind, before, after, change, ...item }) => {
    const name = own(item.categoryName ?? t("alerts.unnamed", { id: item.categoryId }));
    const what =
      kind === "new" || kind === "gone"
        ? t(`moved.${kind}`)
        : `${figure(before)} → ${figure(after)} (${signedPercent(change)?.text ?? ""})`;
    return `${name} · ${regionName(item.region)}: ${what}`;
  });
  const said = comment
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => own(line, 500));
  const span = window.includes("-") ? calendarMonth(window, locale) : t(`window.short.${window}`);
  return [
    ...(said.length > 0
      ? [
          [
            commentedBy === null ? t("reviews.comment") : t("reviews.commentOf", { name: own(commentedBy) }),
            ...said,
          ].join("\n"),
        ]
      : []),
    t("reviews.span", { from: fullDay(review.from, locale), to: fullDay(review.to, locale) }),
    moved.length === 0
      ? t("reviews.nothingMoved")
      : `${t("reviews.moved", { ...counts, metric: t(`metric.${metric}.label`), window: span })}\n${moved.join("\n")}`,
    ...(held > 0 ? [t("moved.held", { count: held })] : []),
    heldCredits > 0
      ? t("reviews.costHeld", { spent: exactNumber(spentCredits, locale), held: exactNumber(heldCredits, locale) })
      : t("reviews.cost", { spent: exactNumber(spentCredits, locale) }),
  ];
}
