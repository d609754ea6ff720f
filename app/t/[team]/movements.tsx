import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { categoryHref } from "@/app/_ui/category-href";
import { CategoryStar } from "@/app/_ui/category-star";
import { Arrow } from "@/app/_ui/change";
import { EmptyState } from "@/app/_ui/empty-state";
import { FilterForm } from "@/app/_ui/filter-form";
import { useLabels } from "@/app/_ui/labels";
import { figureText } from "@/app/_ui/metric-columns";
import { Opened } from "@/app/_ui/opened";
import { receiptHref } from "@/app/_ui/receipt-link";
import { ResetFilters } from "@/app/_ui/reset-filters";
import { SaveTable } from "@/app/_ui/save-table";
import { SelectField } from "@/app/_ui/select-field";
import { SoftLink } from "@/app/_ui/soft-link";
import { TabLink } from "@/app/_ui/tab-link";
import { COMPARED } from "@/lib/insights/compare-schemas";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import { fullDay, moment } from "@/lib/platform/format/date";
import { listed } from "@/lib/platform/format/list";
import { exactNumber, MISSING, signedPercent, signedPoints } from "@/lib/platform/format/number";
import {
  AGAINST,
  MOST_WEIGHED,
  MOVEMENT_KINDS,
  MOVEMENT_WINDOWS,
  type Movement,
  type Movements,
  type MovementsInput,
} from "@/lib/tracking/movement-schemas";
import type { MovementScopes } from "@/lib/tracking/read-movement-scopes";
import type { Watched } from "@/lib/tracking/watch-view";
import { MarkReviewed } from "./mark-reviewed";

/** As many as one reads in a minute. */
export const SHOWN = 20;
const FILTERS = ["scope", "against", "metric", "window"] as const;

type Props = {
  slug: string;
  input: MovementsInput;
  /** Where what is usual is shown; null while it is. */
  reset: string | null;
  movements: Movements;
  /** What is watched of the rows shown. */
  watched: Watched;
  scopes: MovementScopes;
  now: Date;
  timeZone: string;
  /** How what is stale can be renewed. */
  children: ReactNode;
};

/** What moved since a day, most important first, with the filters that stand in the address. */
export function MovementsView(props: Props) {
  const { slug, input, reset, movements, watched, scopes, now, timeZone, children } = props;
  const t = useTranslations("moved");
  const all = useTranslations("metric");
  const locale = useLocale();
  const labels = useLabels();
  const here = `/t/${slug}`;
  const { scope, metric } = input;
  const values = { scope, against: movements.against, metric, window: movements.window };
  const asked = Object.fromEntries(FILTERS.flatMap((name) => (input[name] ? [[name, input[name]]] : [])));
  const { counts, items, stored, renewed, comparable, review, oldestFetchedAt } = movements;
  const reviewed = review && moment(review.seenAt, now, locale, timeZone);
  const since = movements.against === "reviewed" && reviewed ? reviewed : fullDay(movements.asOf, locale);
  const facts = { day: since, window: labels.window(movements.window) };
  const file = new URLSearchParams({ ...asked, window: movements.window, team: slug });
  return (
    <section className="sheet max-w-[62rem]" aria-labelledby="moved">
      <header className="grid gap-2 px-3.5 pt-3">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h2 id="moved" className="grow">
            {t("title")}
          </h2>
          {stored > 0 && <MarkReviewed slug={slug} scope={input.scope} seenAt={movements.seenAt} review={review} />}
        </div>
        <FilterForm
          action={here}
          label={t("filters")}
          values={values}
          className="grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap"
        >
          <SelectField label={t("scope")} name="scope" defaultValue={input.scope}>
            <option value="all">{t("scopeAll")}</option>
            {scopes.lists.length > 0 && <Scopes label={t("scopeLists")} kind="list" items={scopes.lists} />}
            {scopes.searches.length > 0 && <Scopes label={t("scopeSearches")} kind="search" items={scopes.searches} />}
          </SelectField>
          <SelectField label={t("against")} name="against" defaultValue={movements.against}>
            {AGAINST.map(
              (against) =>
                (against !== "reviewed" || reviewed) && (
                  <option key={against} value={against}>
                    {t(`againstOf.${against}`, { date: reviewed ?? "" })}
                  </option>
                ),
            )}
          </SelectField>
          <SelectField label={t("metric")} name="metric" defaultValue={input.metric}>
            {COMPARED.map((metric) => (
              <option key={metric} value={metric}>
                {metric === "rank" ? t("rank") : all(`${metric}.name`)}
              </option>
            ))}
          </SelectField>
          {input.scope === "all" && (
            <SelectField label={t("window")} name="window" defaultValue={movements.window}>
              {MOVEMENT_WINDOWS.map((window) => (
                <option key={window} value={window}>
                  {labels.window(window)}
                </option>
              ))}
            </SelectField>
          )}
          <button type="submit" className="btn max-sm:col-span-2">
            {t("show")}
          </button>
          {reset && <ResetFilters href={reset} className="max-sm:col-span-2" />}
        </FilterForm>
        {input.against === "reviewed" && !review && <p className="text-text-2">{t("notReviewed")}</p>}
        <p className="num text-text-2">
          {stored > 0 && t("facts", { ...facts, stored, renewed, comparable })}{" "}
          {movements.held > 0 && t("held", { count: movements.held })}{" "}
          {movements.heldRegions.length > 0 &&
            t("heldRegions", {
              regions: listed(movements.heldRegions.map(labels.region), locale),
            })}{" "}
          {oldestFetchedAt &&
            stored > renewed &&
            t("stale", { count: stored - renewed, age: labels.age(oldestFetchedAt, now) })}
        </p>
        {children}
        {stored > 0 && (
          <nav aria-label={t("kindsLabel")} className="num flex flex-wrap gap-0.5">
            {(["all", ...MOVEMENT_KINDS] as const).map((kind) => (
              <TabLink
                key={kind}
                href={`${here}?${new URLSearchParams({ ...asked, kind })}`}
                isOn={kind === input.kind}
              >
                {t(`kinds.${kind}`, { count: counts[kind] })}
              </TabLink>
            ))}
          </nav>
        )}
      </header>
      <Opened
        slug={slug}
        receiptIds={items
          .slice(0, SHOWN)
          .flatMap(({ before, after }) => [before, after].flatMap((side) => side?.receiptId ?? []))}
      />
      {items.length > 0 ? (
        <ol aria-label={t("title")} className="border-line border-t">
          {items.slice(0, SHOWN).map((item) => (
            <Row
              key={`${item.region} ${item.categoryId}`}
              slug={slug}
              item={item}
              movements={movements}
              watched={watched}
              now={now}
              timeZone={timeZone}
            />
          ))}
        </ol>
      ) : (
        <Nothing movements={movements} day={since} />
      )}
      <details className="border-line border-t px-3.5 py-2 text-text-2">
        <summary>{t("explainTitle")}</summary>
        <p>{t("explain")}</p>
      </details>
      {items.length > 0 && (
        <footer className="flex flex-wrap items-center gap-x-2 px-3.5 pb-2 text-text-3">
          <p className="grow">
            {items.length > SHOWN && t("more", { shown: SHOWN, count: items.length })}{" "}
            {movements.cut && t("cut", { count: MOST_WEIGHED })}
          </p>
          <span className="ml-auto flex flex-wrap">
            <SaveTable href={`/api/v1/movements.csv?${file}`} label={t("csv")} />
          </span>
        </footer>
      )}
    </section>
  );
}

const Scopes = ({ label, kind, items }: { label: string; kind: "list" | "search"; items: MovementScopes["lists"] }) => (
  <optgroup label={label}>
    {items.map(({ id, name }) => (
      <option key={id} value={`${kind}.${id}`}>
        {name}
      </option>
    ))}
  </optgroup>
);

function Nothing({ movements, day }: { movements: Movements; day: string }) {
  const t = useTranslations("moved");
  const labels = useLabels();
  const { stored, renewed, comparable, held } = movements;
  const [title, text] =
    stored === 0
      ? [t("emptyTitle"), t("emptyText", { window: labels.windowInText(movements.window) })]
      : renewed === 0
        ? [t("staleTitle", { day }), t("staleText")]
        : comparable === 0 && held > 0
          ? [t("heldTitle"), t("heldText", { day })]
          : comparable === 0
            ? [t("oneTitle"), t("oneText", { day })]
            : [t("noneTitle"), t("noneText")];
  return (
    <EmptyState title={title}>
      <p>{text}</p>
    </EmptyState>
  );
}

type RowProps = Pick<Props, "slug" | "movements" | "watched" | "now" | "timeZone"> & { item: Movement };

function Row({ slug, item, movements, watched, now, timeZone }: RowProps) {
  const t = useTranslations("moved");
  const locale = useLocale();
  const labels = useLabels();
  const { metric, window } = movements;
  const name = item.name ?? item.categoryId;
  const side = (of: NonNullable<Movement["before"]>, missesWhen: Movement["kind"]) => {
    const date = moment(of.fetchedAt, now, locale, timeZone);
    return (
      <>
        {item.kind === missesWhen ? t("noValue") : (valueText(of.value, metric, locale) ?? MISSING)}{" "}
        <SoftLink
          href={receiptHref(slug, of.receiptId)}
          className="text-text-3 hover:underline"
          aria-label={t("receiptOf", { name, date })}
        >
          {date}
        </SoftLink>
      </>
    );
  };
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-line border-b px-3.5 py-2 last:border-b-0">
      <span className="flex min-w-0 items-start gap-1">
        <span className="-mt-1 -ml-1.5 shrink-0 empty:hidden">
          <CategoryStar slug={slug} categoryId={item.categoryId} region={item.region} name={name} watched={watched} />
        </span>
        <span className="min-w-0">
          <span className="font-medium" lang={item.ownName ? undefined : "en"}>
            <SoftLink
              href={categoryHref(slug, item.categoryId, { region: item.region, window })}
              className="hover:underline"
            >
              {name}
            </SoftLink>
          </span>{" "}
          <span className="text-text-2">{labels.region(item.region)}</span>
        </span>
      </span>
      <span className="num text-right">
        <Amount item={item} metric={metric} />
      </span>
      <span className="num min-w-0 text-text-2 text-xs max-sm:col-span-2">
        {item.before && side(item.before, "new")} → {item.after && side(item.after, "gone")}
      </span>
      <span className="num text-text-2 text-xs max-sm:col-span-2 sm:text-right">
        <Weight item={item} window={window} />
      </span>
    </li>
  );
}

export function valueText(value: number | null, metric: Movements["metric"], locale: string): string | null {
  if (value === null) return null;
  return metric === "rank" ? `#${exactNumber(value, locale)}` : figureText(value, metric, locale).text;
}

/** How far it moved; the colour is direction, and whether that is good stands beside it in words. */
export function Amount({ item, metric }: { item: Movement; metric: Movements["metric"] }) {
  const t = useTranslations("moved");
  const { kind, change } = item;
  if (kind === "new") return <span className="tag tag-good">{t("new")}</span>;
  if (kind === "gone") return <span className="tag">{t("gone")}</span>;
  if (change === null) return MISSING;
  const better = metric === "rank" ? null : METRIC_DICTIONARY[metric].better;
  const judged = better === null ? null : (better === "high") === change > 0 ? t("good") : t("bad");
  return (
    <>
      <span
        className={`inline-flex items-baseline gap-1 ${item.withinRounding ? "text-text-3" : change > 0 ? "text-up" : "text-down"}`}
      >
        {item.withinRounding ? "≈" : <Arrow direction={change > 0 ? "up" : "down"} />}
        {metric === "rank" ? t("places", { count: Math.abs(change) }) : amountText(change, metric)}
      </span>
      {judged && !item.withinRounding && <span className="text-text-2 text-xs"> {judged}</span>}
    </>
  );
}

function amountText(change: number, metric: Exclude<Movements["metric"], "rank">): string {
  const { kind } = METRIC_DICTIONARY[metric];
  return (kind === "rate" || kind === "change" ? signedPoints(change) : signedPercent(change))?.text ?? MISSING;
}

/** What keeps one from reading too much into it: its usual swing, shared days, rounding. */
export function Weight({ item, window }: { item: Movement; window: string }) {
  const t = useTranslations("moved");
  const locale = useLocale();
  if (item.kind === "new" || item.kind === "gone") return null;
  const days = MOVEMENT_WINDOWS.find((one) => one === window);
  const words = [
    item.withinRounding ? t("rounding") : null,
    item.times !== null && item.swing && days
      ? `${t("times", { times: exactNumber(Math.round(item.times * 10) / 10, locale), window: t(`windowOf.${days}`) })} · ${t("observations", { count: item.swing.differences })}`
      : t("swingUnknown"),
    item.overlapDays ? t("overlap", { days: item.overlapDays }) : null,
  ];
  return words.filter(Boolean).join(" · ");
}
