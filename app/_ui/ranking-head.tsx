import { useTranslations } from "next-intl";
import { useId } from "react";
import { firstDirection, type RankingView, type SortKey } from "@/lib/insights/sort-rows";
import { MetricHint } from "./metric-hint";
import { SoftLink } from "./soft-link";

type Props = {
  sort: SortKey;
  view: RankingView;
  href: (sort: SortKey, dir: "asc" | "desc") => string;
  className?: string;
};

/** A column's head: sorts by it, a second time the other way round, and explains it on hover and focus. */
export function RankingHead({ sort, view, href, className }: Props) {
  const t = useTranslations("metric");
  const hint = useId();
  const active = view.sort === sort;
  const dir = active ? (view.dir === "asc" ? "desc" : "asc") : firstDirection(sort);
  return (
    <th
      scope="col"
      className={className}
      aria-sort={active ? (view.dir === "asc" ? "ascending" : "descending") : undefined}
    >
      <SoftLink href={href(sort, dir)} scroll={false} className="sort" data-tip="" aria-describedby={hint}>
        {t(`${sort}.label`)}
        {active && <SortArrow dir={view.dir} />}
      </SoftLink>
      <MetricHint id={hint} column={sort} tinted />
    </th>
  );
}

export function SortArrow({ dir }: { dir: "asc" | "desc" }) {
  return (
    <svg viewBox="0 0 10 12" aria-hidden="true" className="mb-[0.15em] h-[0.85em] w-[0.75em] shrink-0">
      <path
        d={dir === "asc" ? "M5 11V1.5M1.5 5L5 1.5 8.5 5" : "M5 1v9.5M1.5 7L5 10.5 8.5 7"}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}
