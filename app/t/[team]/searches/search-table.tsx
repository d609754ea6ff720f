import { Lock } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { RunButton } from "@/app/_ui/run-button";
import { useRunWords } from "@/app/_ui/run-words";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { categoryName } from "@/lib/insights/category-names";
import type { SearchState } from "@/lib/tracking/schemas";

type Props = { items: SearchState[]; slug: string; now: Date; timeZone: string; canSpend: boolean };

/** The saved searches: what each asks, what is there of it, and what to do next for which price. */
export function SearchTable({ items, slug, now, timeZone, canSpend }: Props) {
  const t = useTranslations("searches");
  const locale = useLocale();
  const labels = useLabels();
  const words = useRunWords();
  return (
    <ScrollRegion label={t("tableScroll")}>
      <table className="table searches cards" aria-label={t("title")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("name")}
            </th>
            <th scope="col" className="l">
              {t("maker")}
            </th>
            <th scope="col" className="l">
              {t("stored")}
            </th>
            <th scope="col" className="l">
              {t("lastRun")}
            </th>
            <th scope="col">{t("next")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((search) => (
            <tr key={search.id}>
              <th scope="row" className="name l">
                <Link href={`/t/${slug}/searches/${search.id}`} prefetch={false} className="link font-semibold">
                  {search.name}
                </Link>
                {search.tags.map((tag) => (
                  <span key={tag} className="tag ml-1.5">
                    {tag}
                  </span>
                ))}
                <span className="block font-normal text-text-3 text-xs">
                  {labels.question(search, {
                    categoryName: search.categoryName ?? categoryName(search.category, [], locale),
                  })}
                  {" · "}
                  {t("depth", { count: search.pages })}
                </span>
              </th>
              <td className="person l text-text-2">
                {search.maker?.name ?? t("ofTeam")}
                {!search.shared && (
                  <span className="tag ml-1.5">
                    <Lock size={11} aria-hidden="true" />
                    {t("private")}
                  </span>
                )}
              </td>
              <td className="l text-text-2">{storedText(search)}</td>
              <td className="wrap l text-text-2">
                {search.lastRun ? (
                  <>
                    {words.headline(search.lastRun)}
                    <span className="block text-text-3 text-xs">{labels.age(search.lastRun.requestedAt, now)}</span>
                  </>
                ) : (
                  t("neverRun")
                )}
              </td>
              <td className="next">
                {isUnderWay(search) ? (
                  <Link href={`/t/${slug}/searches/${search.id}`} prefetch={false} className="btn">
                    {t("watch")}
                  </Link>
                ) : search.runCredits > 0 ? (
                  <RunButton
                    slug={slug}
                    path={`/searches/${search.id}/run`}
                    label={t("run", { price: labels.credits(search.runCredits) })}
                    priceCredits={search.runCredits}
                    canSpend={canSpend}
                    timeZone={timeZone}
                  />
                ) : (
                  <span className="text-text-3">{t("allFresh")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );

  function storedText({ storedPages, askedPages, oldestFetchedAt }: SearchState): string {
    if (!oldestFetchedAt) return t("nothingStored");
    const age = labels.age(oldestFetchedAt, now);
    return t("storedPages", { stored: storedPages, asked: askedPages, age });
  }
}

const isUnderWay = ({ lastRun }: SearchState) => lastRun?.state === "queued" || lastRun?.state === "running";
