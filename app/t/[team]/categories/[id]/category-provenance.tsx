import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useLabels } from "@/app/_ui/labels";
import { receiptHref } from "@/app/_ui/receipt-link";
import { SoftLink } from "@/app/_ui/soft-link";
import { isOld } from "@/lib/insights/is-old";
import type { CategoryNow } from "@/lib/insights/read-category-now";
import { day, fullMoment } from "@/lib/platform/format/date";
import type { Watched } from "@/lib/tracking/watch-view";

type Props = {
  slug: string;
  current: CategoryNow["current"];
  /** On which lists it stands here. */
  places: Watched["items"][string];
  notUpdated: boolean;
  freshnessMinutes: number;
  now: Date;
  timeZone: string;
  /** The paid alternative. */
  children: ReactNode;
};

/** Where the figures below come from, who watches them, and what new ones cost. */
export function CategoryProvenance(props: Props) {
  const { slug, current, places, notUpdated, freshnessMinutes, now, timeZone, children } = props;
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const bold = (chunks: ReactNode) => <strong className="font-semibold text-text">{chunks}</strong>;
  return (
    <div className="num flex flex-wrap items-center gap-x-4 gap-y-2 px-0.5 py-2.5 text-text-2">
      {current && (
        <>
          <span title={fullMoment(current.fetchedAt, locale, timeZone)}>
            {t.rich("explore.fetchedBy", { age: labels.age(current.fetchedAt, now), name: current.boughtBy, b: bold })}
          </span>
          <SoftLink href={receiptHref(slug, current.receiptId, current.place)} className="dotted">
            {t("explore.source")}
          </SoftLink>
          <span>
            {t("explore.asFetched", {
              window: labels.windowInText(current.window),
              day: day(current.fetchedAt, now, locale, timeZone),
            })}
          </span>
          {isOld(current, freshnessMinutes, now) && (
            <span className="tag tag-warn" title={t("explore.oldHint")}>
              {t("category.old")}
            </span>
          )}
          {notUpdated && <span className="tag">{t("category.notUpdated")}</span>}
        </>
      )}
      {places.length > 0 && (
        <span>
          {t("category.watchedOn", {
            lists: places
              .map(({ listName, addedBy }) =>
                addedBy ? t("category.listBy", { list: listName, who: addedBy }) : listName,
              )
              .join(" · "),
          })}
        </span>
      )}
      <span className="grow" />
      {children}
    </div>
  );
}
