import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "@/app/_ui/empty-state";
import { LedgerTable } from "@/app/_ui/ledger-table";
import { TabLink } from "@/app/_ui/tab-link";
import { exploreHref } from "@/app/t/[team]/explore/address";
import type { UsageLog } from "@/lib/credits/schemas";
import type { Question } from "@/lib/insights/schemas";
import { creditsHref, type Shown } from "./address";

type Props = {
  slug: string;
  shown: Shown;
  /** Null when the reader may not see the requests that the filter is about; the reason stands in `hidden`. */
  log: UsageLog | null;
  hidden: string;
  now: Date;
  timeZone: string;
  children?: ReactNode;
};

/** Single requests of the selection, newest first, and on demand what cost nothing between them. */
export function RequestLog({ slug, shown, log, hidden, now, timeZone, children }: Props) {
  const t = useTranslations("usage.log");
  const credits = useTranslations("credits");
  const isFiltered = Object.values(shown.filter).some(Boolean);
  const newest = creditsHref(slug, { ...shown, cursor: undefined }, "#ledger");
  return (
    <section id="ledger" className="sheet min-w-0 scroll-mt-4">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3.5 py-2.5">
        <h2>{t("title")}</h2>
        <div className="flex flex-wrap items-center gap-2">
          <TabLink href={creditsHref(slug, { ...shown, cursor: undefined, free: !shown.free })} isOn={shown.free}>
            {t(shown.free ? "hideFree" : "showFree")}
          </TabLink>
          {children}
        </div>
      </header>
      {!log ? (
        <EmptyState title={t("hiddenTitle")}>
          <p>{hidden}</p>
        </EmptyState>
      ) : log.items.length > 0 ? (
        <LedgerTable
          items={log.items}
          slug={slug}
          now={now}
          timeZone={timeZone}
          answerHref={(query) => exploreHref(slug, { question: query as Question })}
        />
      ) : isFiltered ? (
        <EmptyState title={t("emptyTitle")}>
          <p>{t("emptyFilter")}</p>
        </EmptyState>
      ) : (
        <EmptyState
          title={credits("emptyTitle")}
          action={
            <Link href={`/t/${slug}/explore`} prefetch={false} className="btn">
              {credits("emptyAction")}
            </Link>
          }
        >
          <p>{credits("emptyText")}</p>
        </EmptyState>
      )}
      {log && (shown.cursor || log.nextCursor) && (
        <footer className="flex justify-between gap-3 border-line border-t px-3 py-2">
          {shown.cursor ? (
            <Link href={newest} prefetch={false} className="btn btn-quiet">
              {credits("first")}
            </Link>
          ) : (
            <span />
          )}
          {log.nextCursor && (
            <Link
              href={creditsHref(slug, { ...shown, cursor: log.nextCursor }, "#ledger")}
              prefetch={false}
              rel="next"
              className="btn"
            >
              {credits("next")}
            </Link>
          )}
        </footer>
      )}
    </section>
  );
}
