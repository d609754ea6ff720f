import { useLocale, useTranslations } from "next-intl";
import { fill, memoized } from "@/app/_ui/fill";
import { useLabels } from "@/app/_ui/labels";
import { RunButton } from "@/app/_ui/run-button";
import { RunProgress } from "@/app/_ui/run-progress";
import type { RefreshPlanView, Run } from "@/lib/tracking/schemas";
import { RequestList } from "./request-list";

type Props = {
  slug: string;
  /** The route that starts it, without the team. */
  path: string;
  /** Which lists and searches, where there are several. */
  target?: { watchlists: string[]; searches: string[] };
  plan: RefreshPlanView;
  /** What renewing everything would take although all is fresh; null while something is due. */
  anew: RefreshPlanView | null;
  run: Run | null;
  canStop: boolean;
  canSpend: boolean;
  timeZone: string;
};

/** What a refresh would buy and why so little, its button with the price, and how the newest one stands. */
export function RefreshPanel({ slug, path, target, plan, anew, run, canStop, canSpend, timeZone }: Props) {
  const t = useTranslations("refresh");
  const labels = useLabels();
  const list = new Intl.ListFormat(useLocale(), { style: "narrow" });
  // Hundreds of requests are worded here: the same words are made once.
  const rankingPage = memoized((ranking: string) => {
    const [region = "", window = ""] = ranking.split(" ");
    return t("page", { question: labels.question({ region, window }), page: "{page}" });
  });
  const renews = memoized((count: string) => t("renews", { count: Number(count), names: "{names}" }));
  const underWay = run !== null && run.finishedAt === null;
  const shown = anew ?? plan;
  const { credits, oneByOneCredits, items, requests } = shown;
  const sure = requests.filter(({ ifMissing }) => !ifMissing).length;
  const inHand = requests.length - sure;
  const facts = [
    items.total > 0 && t("items", { count: items.total }),
    t("requests", { count: sure }),
    inHand > 0 && t("inHand", { count: inHand }),
    t("price", { price: labels.credits(credits), oneByOne: oneByOneCredits }),
  ].filter(Boolean);
  return (
    <section aria-label={t("label")} className="grid gap-2">
      {run && <RunProgress slug={slug} run={run} canStop={canStop} />}
      {!underWay && (
        <div className="sheet px-3.5 py-2.5">
          <div className="num flex flex-wrap items-center gap-x-4 gap-y-2">
            <div className="grow">
              {anew && <p className="font-semibold">{t("allFresh", { count: items.total })}</p>}
              {credits > 0 && <p className={anew ? "text-text-2" : "font-semibold"}>{facts.join(" · ")}</p>}
              {plan.items.fresh > 0 && !anew && (
                <p className="text-text-2">{t("fresh", { count: plan.items.fresh })}</p>
              )}
              {plan.items.absent.length > 0 && <p className="text-text-2">{absentText()}</p>}
            </div>
            {credits > 0 && (
              <RunButton
                slug={slug}
                path={path}
                {...(target ? { body: target } : {})}
                label={t(target ? "together" : "refresh", { price: labels.credits(credits) })}
                priceCredits={credits}
                {...(anew ? { maxAgeMinutes: 0 as const } : {})}
                canSpend={canSpend}
                timeZone={timeZone}
                className="max-sm:w-full"
              />
            )}
          </div>
          {requests.length > 0 && (
            <RequestList
              title={t("show")}
              how={t("how")}
              onlyIfMoved={t("onlyIfMoved")}
              requests={requests.map((request) => ({
                text: questionText(request),
                reason: forText(request),
                ifMissing: request.ifMissing,
              }))}
            />
          )}
        </div>
      )}
    </section>
  );

  function questionText({ region, window, category, q, page, items: renewed }: (typeof requests)[number]): string {
    if (!category && !q) return fill(rankingPage(`${region} ${window}`), { page: String(page) });
    const name = renewed.find(({ categoryId }) => categoryId === category)?.name ?? null;
    return labels.question({ region, window, category, q }, { categoryName: name });
  }

  function forText({ items: renewed, searches }: (typeof requests)[number]): string {
    const names = renewed.map(({ categoryId, name }) => name ?? categoryId);
    return [
      names.length > 0 && fill(renews(String(names.length)), { names: list.format(names) }),
      searches.length > 0 && t("forSearches", { names: list.format(searches.map(({ name }) => name)) }),
    ]
      .filter(Boolean)
      .join(" · ");
  }

  function absentText(): string {
    const { absent } = plan.items;
    const names = absent.map(({ categoryId, name, region }) => `${name ?? categoryId} (${labels.region(region)})`);
    return t("absent", { count: absent.length, names: list.format(names) });
  }
}
