import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { SoftLink } from "./soft-link";

type Props = {
  page: number;
  /** Null when the provider did not say how many there are. */
  pages: number | null;
  stored: ReadonlySet<number>;
  href: (page: number) => string;
  hasNext: boolean;
};

/** Pages of a question: which are stored is said for each, so that nobody finds out by paying. */
export function Pagination({ page, pages, stored, href, hasNext }: Props) {
  const t = useTranslations("explore");
  return (
    <nav aria-label={t("pages")} className="num flex flex-wrap items-center gap-0.5">
      <PageStep to={page > 1 ? href(page - 1) : null} label={t("previous")} rel="prev">
        <ChevronLeft size={15} aria-hidden="true" />
      </PageStep>
      {listed(page, pages, stored).map((entry, index, all) => (
        <span key={entry} className="contents">
          {index > 0 && entry - (all[index - 1] ?? 0) > 1 && <span className="px-0.5 text-text-3">…</span>}
          <SoftLink
            href={href(entry)}
            aria-current={entry === page ? "page" : undefined}
            aria-label={t(stored.has(entry) ? "pageStored" : "pageNotStored", { page: entry })}
            title={t(stored.has(entry) ? "pageStored" : "pageNotStored", { page: entry })}
            className={`page ${stored.has(entry) ? "page-stored" : ""}`}
          >
            {entry}
          </SoftLink>
        </span>
      ))}
      <PageStep to={hasNext ? href(page + 1) : null} label={t("next")} rel="next">
        <ChevronRight size={15} aria-hidden="true" />
      </PageStep>
    </nav>
  );
}

/** One page back or on; where there is none it keeps its place. */
export function PageStep(props: { to: string | null; label: string; rel: string; children: React.ReactNode }) {
  if (!props.to) {
    return (
      <span className="page text-line-strong" aria-hidden="true">
        {props.children}
      </span>
    );
  }
  return (
    <SoftLink href={props.to} rel={props.rel} aria-label={props.label} title={props.label} className="page">
      {props.children}
    </SoftLink>
  );
}

/** First, last, the neighbours, and every stored page (of many, the nearest ten). */
function listed(page: number, pages: number | null, stored: ReadonlySet<number>): number[] {
  const nearest = [...stored].sort((a, b) => Math.abs(a - page) - Math.abs(b - page)).slice(0, 10);
  const wanted = [1, page - 1, page, page + 1, pages ?? page, ...nearest];
  return [...new Set(wanted.filter((one) => one >= 1 && one <= (pages ?? Math.max(page, ...nearest))))].sort(
    (a, b) => a - b,
  );
}
