import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/translate";
import { fullDay } from "@/lib/platform/format/date";
import { exactNumber, signedPercent } from "@/lib/platform/format/number";
import { factWords } from "./fact-words";

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

type Own = (text: string, longest?: number) => string;

const LONGEST_LINE = 500;

/** The comment, what moved, one line each, and what it cost. @param own makes somebody's words harmless */
export function reviewLines(t: Translate, locale: Locale, review: ReviewTold, own: Own): string[] {
  const { comment, span, moved, moves, held, cost } = reviewWords(t, locale, review, own);
  return [...comment, span, [moved, ...moves].join("\n"), ...held, cost];
}

/** The same for a chat: what it cost stands before what moved, whose last have no room there. */
export function reviewChatLines(t: Translate, locale: Locale, review: ReviewTold, own: Own): string[] {
  const { comment, span, moved, moves, held, cost } = reviewWords(t, locale, review, own);
  return [...comment, `${span}\n${cost}`, ...held, [moved, ...moves].join("\n")];
}

function reviewWords(t: Translate, locale: Locale, review: ReviewTold, own: Own) {
  const { counts, moves, held, metric, window, comment, commentedBy, spentCredits, heldCredits } = review;
  const place = factWords(t, locale);
  const figure = (side: Side) => place.figure(side?.value ?? null, metric);
  const said = comment.split("\n").filter((line) => line.trim() !== "");
  const by = commentedBy === null ? t("reviews.comment") : t("reviews.commentOf", { name: own(commentedBy) });
  const spent = exactNumber(spentCredits, locale);
  return {
    comment: said.length > 0 ? [[by, ...said.map((line) => own(line, LONGEST_LINE))].join("\n")] : [],
    span: t("reviews.span", { from: fullDay(review.from, locale), to: fullDay(review.to, locale) }),
    moved:
      moves.length === 0
        ? t("reviews.nothingMoved")
        : t("reviews.moved", { ...counts, metric: t(`metric.${metric}.label`), window: place.window(window) }),
    moves: moves.map(({ kind, before, after, change, ...item }) => {
      const name = own(item.categoryName ?? t("alerts.unnamed", { id: item.categoryId }));
      const what =
        kind === "new" || kind === "gone"
          ? t(`moved.${kind}`)
          : `${figure(before)} → ${figure(after)} (${signedPercent(change)?.text ?? ""})`;
      return t("reviews.move", { name, region: place.region(item.region), what });
    }),
    held: held > 0 ? [t("moved.held", { count: held })] : [],
    cost:
      heldCredits > 0
        ? t("reviews.costHeld", { spent, held: exactNumber(heldCredits, locale) })
        : t("reviews.cost", { spent }),
  };
}
