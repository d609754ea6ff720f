import { useLocale, useTranslations } from "next-intl";
import { Change } from "@/app/_ui/change";
import { useLabels } from "@/app/_ui/labels";
import { OnPaper } from "@/app/_ui/report/on-paper";
import { SaveTable } from "@/app/_ui/save-table";
import type { TableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { fullDay, isoDate } from "@/lib/platform/format/date";
import type { TablePage } from "@/lib/platform/format/table-page";
import type { CategoryNote } from "@/lib/tracking/note-schemas";
import { CATEGORY_ROWS } from "./address";
import { NoteForm } from "./note-form";

type Props = {
  slug: string;
  categoryId: string;
  shown: TablePage<CategoryNote>;
  /** Where its pages are; null on paper, which has none. */
  table: TableAddress | null;
  place: { region: string; window: string };
  today: string;
  timeZone: string;
  canWrite: boolean;
  /** Of whoever may change it. */
  mayChange: (note: CategoryNote) => boolean;
};

/** What the team decided and why, and what the stored figures say since. */
export function Notes({ slug, categoryId, shown, table, place, today, timeZone, canWrite, mayChange }: Props) {
  const t = useTranslations("notes");
  const locale = useLocale();
  const labels = useLabels();
  const day = (date: string) => fullDay(date, locale);
  const form = { slug, categoryId, place, today };
  const isNone = shown.total === 0 && !table?.look.q;
  return (
    <section id="notes" className="sheet mt-3 p-3.5" aria-label={t("title")}>
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="grow">{t("title")}</h2>
        {canWrite && <NoteForm {...form} note={null} />}
      </div>
      {isNone && <p className="text-pretty text-text-2">{t(canWrite ? "none" : "noneViewer")}</p>}
      {table && (
        <div className="-mx-3">
          <TableFind address={table} shown={shown} table={t("title")} />
        </div>
      )}
      {table && shown.total === 0 && !isNone && <NothingFound address={table} table={t("title")} />}
      <ul className="grid gap-3">
        {shown.items.map((note) => (
          <li key={note.id} className="border-line border-t pt-2.5 first:border-0 first:pt-0">
            <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
              <strong>{t(`kinds.${note.kind}`)}</strong>
              <span className="text-text-3">
                {t("by", { day: day(note.decidedOn), name: note.maker?.name ?? t("gone") })}
              </span>
              <span className="text-text-3">
                {t("place", {
                  region: labels.region(note.region),
                  window: note.window === "month" ? t("months") : labels.windowInText(note.window),
                })}
              </span>
              {note.recheckOn && (
                <span className={note.isDue ? "tag tag-warn" : "text-text-3"}>
                  {t(note.isDue ? "due" : "recheck", { day: day(note.recheckOn) })}
                </span>
              )}
            </p>
            <p className="max-w-[60rem] whitespace-pre-line text-pretty">{note.text}</p>
            <Since note={note} timeZone={timeZone} />
            {mayChange(note) && <NoteForm {...form} note={note} />}
          </li>
        ))}
      </ul>
      {table ? (
        <div className="-mx-3 mt-2 empty:hidden">
          <TablePages address={table} shown={shown} table={t("title")} rows={CATEGORY_ROWS.notes} />
        </div>
      ) : (
        <OnPaper shown={shown.items.length} all={shown.total} />
      )}
      {shown.total > 0 && (
        <p className="mt-1 flex flex-wrap justify-end print:hidden">
          <SaveTable href={`/api/v1/categories/${categoryId}/notes.csv?team=${slug}`} name={t("title")} />
        </p>
      )}
    </section>
  );
}

const TOLD = ["posts", "ctrPct", "cvrPct", "cpa"] as const;

/** From stored figures, between two days at least a whole window apart; or that nobody can know. */
function Since({ note, timeZone }: { note: CategoryNote; timeZone: string }) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const { before, after } = note;
  const when = ({ window, fetchedAt }: NonNullable<CategoryNote["before"]>) =>
    window.includes("-") ? labels.window(window) : fullDay(isoDate(fetchedAt, timeZone), locale);
  if (!before) return <p className="text-text-3">{t("notes.nothingBefore")}</p>;
  if (!after) return <p className="text-text-3">{t("notes.nothingAfter", { day: when(before) })}</p>;
  return (
    <p className="num flex flex-wrap items-baseline gap-x-3 text-text-2">
      <span>{t("notes.since", { before: when(before), after: when(after) })}</span>
      {TOLD.map((metric) => {
        const [was, is] = [before.figures[metric], after.figures[metric]];
        const pct = was === null || is === null || was === 0 ? null : ((is - was) / Math.abs(was)) * 100;
        return (
          <span key={metric} className="inline-flex items-baseline gap-1">
            {t(`metric.${metric}.short`)} <Change pct={pct} />
          </span>
        );
      })}
    </p>
  );
}
