import { useTranslations } from "next-intl";
import { useId } from "react";
import type { SortKey } from "@/lib/insights/sort-rows";
import { MetricHint } from "./metric-hint";
import { SoftLink } from "./soft-link";

type Props = {
  column: SortKey;
  className?: string;
  /** What it is called here, where the column's own short name would not do. */
  label?: string;
};

/** The head of a column that nothing is sorted by: explains it on hover and focus, and leads to the whole explanation. */
export function MetricHead({ column, className, label }: Props) {
  const t = useTranslations("metric");
  const hint = useId();
  return (
    <th scope="col" className={className}>
      <SoftLink href={`/help#${column}`} className="sort" data-tip="" aria-describedby={hint}>
        {label ?? t(`${column}.label`)}
      </SoftLink>
      <MetricHint id={hint} column={column} />
    </th>
  );
}
