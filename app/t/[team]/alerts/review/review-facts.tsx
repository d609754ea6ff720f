import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { categoryHref } from "@/app/_ui/category-href";
import { CategoryName } from "@/app/_ui/category-name";
import { useLabels } from "@/app/_ui/labels";
import { figureText } from "@/app/_ui/metric-columns";
import { fullDay } from "@/lib/platform/format/date";
import { exactNumber, signedPercent } from "@/lib/platform/format/number";
import type { ReviewFacts } from "@/lib/reviews/schemas";

type Props = { slug: string; facts: ReviewFacts; comment: string; commentedBy: string | null };

/** A review as its mail says it: the comment, what moved, and what it cost. */
export function ReviewFactsView({ slug, facts, comment, commentedBy }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const { metric, window, moves, counts, held, spentCredits, heldCredits } = facts;
  const value = (side: { value: number | null } | null) => figureText(side?.value ?? null, metric, locale).text;
  const spent = exactNumber(spentCredits, locale);
  return (
    <div className="grid gap-3">
      {comment && (
        <blockquote className="border-accent border-l-2 pl-3">
          <p className="text-text-3">
            {commentedBy === null ? t("reviews.comment") : t("reviews.commentOf", { name: commentedBy })}
          </p>
          <p className="wrap-anywhere whitespace-pre-line">{comment}</p>
        </blockquote>
      )}
      <p className="num text-text-2">
        {t("reviews.span", { from: fullDay(facts.from, locale), to: fullDay(facts.to, locale) })}
      </p>
      {moves.length === 0 ? (
        <p>{t("reviews.nothingMoved")}</p>
      ) : (
        <>
          <p className="num">
            {t("reviews.moved", {
              ...counts,
              metric: t(`metric.${metric}.label`),
              window: labels.windowInText(window),
            })}
          </p>
          <ol className="num grid gap-2.5">
            {moves.map(({ categoryId, categoryName, region, kind, before, after, change }) => (
              <li key={`${categoryId} ${region}`} className="flex flex-wrap gap-x-2">
                <CategoryName
                  name={categoryName ?? t("explore.unknownCategory", { id: categoryId })}
                  href={categoryHref(slug, categoryId, { region, window })}
                />
                <span className="text-text-2">{labels.region(region)}</span>
                <span>
                  {kind === "new" || kind === "gone"
                    ? t(`moved.${kind}`)
                    : `${value(before)} → ${value(after)} (${signedPercent(change)?.text ?? ""})`}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
      {held > 0 && <p className="text-text-2">{t("moved.held", { count: held })}</p>}
      <p className="num">
        {heldCredits > 0
          ? t("reviews.costHeld", { spent, held: exactNumber(heldCredits, locale) })
          : t("reviews.cost", { spent })}{" "}
        <Link href={`/t/${slug}/credits?from=${facts.from}&to=${facts.to}`} prefetch={false} className="link">
          {t("reviews.ledger")}
        </Link>
      </p>
    </div>
  );
}
