import Link from "next/link";
import { useTranslations } from "next-intl";
import { BackfillControls } from "@/app/_ui/backfill-controls";
import { MonthTable } from "@/app/_ui/month-table";
import type { CategoryHistory } from "@/lib/insights/history-schemas";
import type { Backfill } from "@/lib/tracking/backfill-schemas";

type Props = {
  slug: string;
  /** Category and region. */
  name: string;
  history: CategoryHistory;
  backfill: Backfill;
  closeHref: string;
  canSpend: boolean;
  canStop: boolean;
  timeZone: string;
};

/** The calendar months of one item of a list, and the way to buy more of them. */
export function ItemMonths({ slug, name, history, backfill, closeHref, canSpend, canStop, timeZone }: Props) {
  const t = useTranslations();
  return (
    <section id="months" aria-label={t("months.table", { name })} className="sheet mb-2.5">
      <div className="grid gap-3 p-3.5">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h2 className="grow">{t("months.table", { name })}</h2>
          <Link href={closeHref} prefetch={false} scroll={false} className="link">
            {t("months.close")}
          </Link>
        </div>
        <BackfillControls
          slug={slug}
          path={`/categories/${history.categoryId}/backfill`}
          body={{ region: history.region }}
          backfill={backfill}
          canSpend={canSpend}
          canStop={canStop}
          timeZone={timeZone}
        />
      </div>
      {history.points.length > 0 && <MonthTable slug={slug} name={name} points={history.points} />}
      <p className="border-line border-t px-3 py-2 text-text-3">
        {t(history.points.length > 0 ? "months.legend" : "months.emptyText")}
      </p>
    </section>
  );
}
