import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/app/_ui/empty-state";
import { useLabels } from "@/app/_ui/labels";
import { SpendButton } from "@/app/_ui/spend-button";
import { categoryName, isTopCategory } from "@/lib/insights/category-names";
import type { StoredPage } from "@/lib/insights/read-stored-pages";
import { type Category, PAGE_SIZE, PRICE_CREDITS, type Question } from "@/lib/insights/schemas";
import { exploreHref, pagesOf } from "./address";

type Props = {
  slug: string;
  question: Question;
  storedPages: StoredPage[];
  now: Date;
  timeZone: string;
  canSpend: boolean;
  connected: boolean;
  mayConnect: boolean;
  categories: Category[];
  /** Rows of the whole ranking, when a stored page told. */
  end: number | null;
};

/** Nothing is stored for this question: what a look at it would cost, and what is there for nothing. */
export function NotStored(props: Props) {
  const { slug, question, storedPages, now, timeZone, canSpend, connected, mayConnect, categories, end } = props;
  const t = useTranslations("explore");
  const steps = useTranslations("firstSteps");
  const locale = useLocale();
  const labels = useLabels();
  const price = labels.credits(PRICE_CREDITS);

  if (end !== null && end <= (question.page - 1) * PAGE_SIZE) {
    const last = pagesOf(end);
    return (
      <div className="sheet mt-3">
        <EmptyState
          title={t("beyondTitle", { page: question.page })}
          action={
            <Link href={exploreHref(slug, { question: { ...question, page: last } })} prefetch={false} className="btn">
              {t("beyondAction", { last })}
            </Link>
          }
        >
          <p>{t("beyondText", { total: end, last })}</p>
        </EmptyState>
      </div>
    );
  }

  const fetch = (
    <SpendButton
      slug={slug}
      label={t("fetch", { price })}
      priceCredits={PRICE_CREDITS}
      question={question}
      canSpend={canSpend}
      timeZone={timeZone}
      className="min-w-44 max-sm:w-full"
    />
  );
  const connect = mayConnect ? (
    <Link href={`/t/${slug}/settings/key`} prefetch={false} className="btn btn-primary">
      {steps("connectOther")}
    </Link>
  ) : null;

  return (
    <div className="sheet mt-3">
      <EmptyState title={t("notStoredTitle")} action={connected ? fetch : connect}>
        <p>
          {t("notStoredText", {
            question: labels.question(question, {
              categoryName: categoryName(question.category, categories, locale),
            }),
          })}
        </p>
        {question.category && isTopCategory(question.category) && <p>{t("topWarning")}</p>}
        {connected ? (
          <p>{t("notStoredFree", { price })}</p>
        ) : (
          <p>{steps(mayConnect ? "connectText" : "connectViewer")}</p>
        )}
        {storedPages.length > 0 && (
          <p className="num">
            {t("otherPages")}{" "}
            {storedPages.slice(0, 8).map((stored, index) => (
              <span key={stored.page}>
                {index > 0 && " · "}
                <Link
                  href={exploreHref(slug, { question: { ...question, page: stored.page } })}
                  prefetch={false}
                  className="link"
                >
                  {t("openStored", { page: stored.page, age: labels.age(stored.fetchedAt, now) })}
                </Link>
              </span>
            ))}
          </p>
        )}
      </EmptyState>
    </div>
  );
}
