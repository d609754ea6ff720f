import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { PageHeader } from "@/app/_ui/page-header";
import { TipLayer } from "@/app/_ui/tip-layer";
import { leftFilters } from "@/app/t/[team]/_shell/left-filters";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SaveSearch } from "@/app/t/[team]/searches/save-search";
import { currentAccount } from "@/lib/auth/current-account";
import { allows } from "@/lib/auth/permissions";
import { categoryName } from "@/lib/insights/category-names";
import { readAnswer } from "@/lib/insights/read-answer";
import { readCategories } from "@/lib/insights/read-categories";
import { readStoredPages } from "@/lib/insights/read-stored-pages";
import type { Snapshot } from "@/lib/insights/schemas";
import { parseView } from "@/lib/insights/sort-rows";
import { readWatched } from "@/lib/tracking/read-watched";
import { type Address, chosenSort, exploreHref, parseQuestion } from "./address";
import { FilterBar } from "./filter-bar";
import { NotStored } from "./not-stored";
import { StoredRanking } from "./stored-ranking";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("explore"))("title"),
});

export default async function ExplorePage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/explore${queryOf(address)}`);
  const { team } = ctx;
  const defaults = { region: team.defaultRegion, window: team.defaultWindow };
  const usual = exploreHref(slug, parseQuestion({}, defaults));
  const left = await leftFilters(ctx, "explore", address);
  if (left) {
    const { sort, dir, preset } = parseView(left);
    const view = { preset, ...chosenSort(left, { sort, dir, preset }) };
    const href = exploreHref(slug, { question: parseQuestion(left, defaults).question, view });
    if (href !== usual) redirect(href);
  }
  const { question, mistakes, typed } = parseQuestion(address, defaults);
  const view = parseView(address as Record<string, string>);
  const chosen = { preset: view.preset, ...chosenSort(address, view) };

  const [t, locale, labels, validation, snapshot, storedPages, categories, now, mark, account] = await Promise.all([
    getTranslations("explore"),
    getLocale(),
    getLabels(),
    getTranslations("validation"),
    readAnswer(ctx, question),
    readStoredPages(ctx, question),
    readCategories(ctx, {}),
    pageNow(),
    dataMark(ctx),
    currentAccount(),
  ]);
  const watched = snapshot && (await readWatched(ctx, watchablesOf(snapshot)));
  const shared = {
    slug,
    question,
    storedPages,
    now,
    timeZone: team.timeZone,
    canSpend: allows(ctx.member.role, "insights:buy"),
  };

  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        {team.upstream && allows(ctx.member.role, "tracking:write") && (
          <SaveSearch
            key={labels.question(question)}
            slug={slug}
            question={{ region: question.region, window: question.window, category: question.category, q: question.q }}
            name={labels.question(
              { ...question, page: 1 },
              { categoryName: categoryName(question.category, categories.items, locale) },
            )}
            page={question.page}
          />
        )}
      </PageHeader>
      <FilterBar
        slug={slug}
        question={question}
        typed={typed}
        mistakes={mistakes}
        view={chosen}
        categories={categories.items}
        now={now}
        timeZone={team.timeZone}
        reset={exploreHref(slug, { question: { ...question, page: 1 }, view: chosen }) === usual ? null : usual}
      />
      {Object.keys(mistakes).length > 0 && (
        <Notice tone="warn" className="mt-2" isAlert>
          <p>{t("problem")}</p>
          {mistakes.page && <p>{validation(mistakes.page as never)}</p>}
        </Notice>
      )}
      {snapshot ? (
        <StoredRanking
          columns={account?.rankingColumns ?? null}
          {...shared}
          snapshot={snapshot}
          view={view}
          chosen={chosen}
          freshnessMinutes={team.freshnessMinutes}
          watched={watched}
          ownNames={
            new Map(categories.items.flatMap(({ id, ownName }) => (ownName === null ? [] : [[id, ownName] as const])))
          }
        />
      ) : (
        <NotStored
          {...shared}
          connected={team.upstream !== null}
          mayConnect={allows(ctx.member.role, "key:write")}
          categories={categories.items}
          end={await knownEnd()}
        />
      )}
      <TipLayer />
    </>
  );

  /** How many rows the ranking has, by another stored page of the same question; null when nobody knows. */
  async function knownEnd(): Promise<number | null> {
    const other = storedPages.at(-1);
    if (!other) return null;
    return (await readAnswer(ctx, { ...question, page: other.page }))?.total ?? null;
  }
}

const watchablesOf = ({ rows, query }: Snapshot) =>
  rows.flatMap(({ categoryId }) => (categoryId === null ? [] : [{ categoryId, region: query.region }]));

function queryOf(address: Address): string {
  const given = Object.entries(address).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}
