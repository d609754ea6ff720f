import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { categoryHref } from "@/app/_ui/category-href";
import { EmptyState } from "@/app/_ui/empty-state";
import { FilterForm } from "@/app/_ui/filter-form";
import { Notice } from "@/app/_ui/notice";
import { SelectField } from "@/app/_ui/select-field";
import { TabLink } from "@/app/_ui/tab-link";
import type { TableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { moment } from "@/lib/platform/format/date";
import { listed } from "@/lib/platform/format/list";
import type { TablePage } from "@/lib/platform/format/table-page";
import type { RowChange } from "@/lib/tracking/compare-rankings";
import type { DatedRun, SearchChanges } from "@/lib/tracking/read-changes";
import { ChangesTable } from "./changes-table";
import { KINDS, type Kind } from "./shown-rows";

type Props = {
  slug: string;
  /** Of the search's question, for the categories' own pages. */
  place: { region: string; window: string };
  searchId: string;
  changes: SearchChanges;
  /** As they stand in the address. */
  asked: { compare: string; run: string };
  table: TableAddress;
  /** The changes of this page. */
  rows: TablePage<RowChange>;
  kind: Kind;
  ownNames: ReadonlyMap<string, string>;
  starOf: (categoryId: string, name: string) => ReactNode;
  now: Date;
  timeZone: string;
};

/** What changed between two runs: which two, how far they can be compared, and each row's moves. */
export function ChangesView(props: Props) {
  const { slug, place, searchId, changes, asked, table, rows, kind, ownNames, starOf, now, timeZone } = props;
  const t = useTranslations("searches.changes");
  const locale = useLocale();
  const here = `/t/${slug}/searches/${searchId}`;
  const { runs, after, before, comparison, isHeld } = changes;
  const date = (run: DatedRun) => moment(run.fetchedTo, now, locale, timeZone);
  const { q } = table.look;
  const tabHref = (one: Kind) => `${here}?${new URLSearchParams({ ...asked, show: one, ...(q ? { q } : {}) })}`;
  const countOf = (one: Kind) =>
    (comparison?.changes ?? []).filter((change) => one === "all" || change.kind === one).length;

  return (
    <>
      {runs.length > 1 && (
        <FilterForm
          action={here}
          label={t("choose")}
          values={asked}
          className="sheet mb-2 flex flex-wrap items-end gap-2 p-2.5"
        >
          <SelectField label={t("after")} name="run" defaultValue={asked.run}>
            <option value="">{t("newest")}</option>
            {runs.map((run) => (
              <option key={run.id} value={run.id}>
                {t("runOf", { date: date(run), count: run.pages })}
              </option>
            ))}
          </SelectField>
          <SelectField label={t("before")} name="compare" defaultValue={asked.compare}>
            <option value="window">{t("window")}</option>
            <option value="previous">{t("previous")}</option>
            <option value="week">{t("week")}</option>
            {runs.map((run) => (
              <option key={run.id} value={run.id}>
                {t("runOf", { date: date(run), count: run.pages })}
              </option>
            ))}
          </SelectField>
          <button type="submit" className="btn">
            {t("compare")}
          </button>
        </FilterForm>
      )}
      {after && before && comparison ? (
        <>
          <Notice tone="plain" className="num mb-2">
            <p className="font-semibold">{t("dates", { after: date(after), before: date(before) })}</p>
            <ChangeNotes changes={changes} />
          </Notice>
          <nav aria-label={t("show")} className="num mb-2 flex gap-0.5 overflow-x-auto">
            {KINDS.map((one) => (
              <TabLink key={one} href={tabHref(one)} isOn={one === kind}>
                {t(`kinds.${one}`, { count: countOf(one) })}
              </TabLink>
            ))}
          </nav>
          <div className="sheet @container/sheet">
            <TableFind address={table} shown={rows} table={t("title")} />
            {rows.total > 0 ? (
              <ChangesTable
                changes={rows.items}
                ownNames={ownNames}
                hrefOf={(id) => categoryHref(slug, id, place)}
                starOf={starOf}
              />
            ) : q ? (
              <NothingFound address={table} table={t("title")} />
            ) : (
              <EmptyState title={t("noneTitle")}>
                <p>{t("noneText")}</p>
              </EmptyState>
            )}
            <TablePages address={table} shown={rows} table={t("title")} />
          </div>
        </>
      ) : (
        <div className="sheet">
          <EmptyState title={t(isHeld ? "heldTitle" : "emptyTitle")}>
            <p>{t(isHeld ? "heldText" : "emptyText")}</p>
          </EmptyState>
        </div>
      )}
    </>
  );
}

/** How far the two runs can be compared. */
export function ChangeNotes({ changes: { comparison, isNearer } }: { changes: SearchChanges }) {
  const t = useTranslations("searches.changes");
  const metricWords = useTranslations("metric");
  const locale = useLocale();
  if (!comparison) return null;
  const { rows, whole, notComparable, overlap, sameMonth, notUpdated, held } = comparison;
  const figures = held.map((metric) => metricWords(`${metric}.label`));
  const notes = [
    ...(held.length > 0 ? [t("heldFigures", { figures: listed(figures, locale) })] : []),
    ...(isNearer ? [t("nearer")] : []),
    ...(overlap ? [t("overlap", overlap)] : []),
    ...(sameMonth ? [t("sameMonth")] : []),
    ...(notUpdated ? [t("notUpdated")] : []),
    whole ? t("whole") : t("within", { rows }),
    ...(notComparable > 0 ? [t("notComparable", { count: notComparable })] : []),
  ];
  return (
    <ul aria-label={t("know")} className="text-text-2">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
