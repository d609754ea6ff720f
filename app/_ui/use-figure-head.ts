import { useTranslations } from "next-intl";
import type { SortKey } from "@/lib/insights/sort-rows";
import type { FigureHead } from "./figure-heads";
import { metricHint } from "./metric-hint";

/** The head of a figure's column: what it is called, what it means, and where the whole explanation stands. */
export function useFigureHead() {
  const t = useTranslations("metric");
  return (column: SortKey, { text, ...more }: { text?: string; className?: string } = {}): FigureHead => ({
    key: column,
    text: text ?? t(`${column}.label`),
    href: `/help#${column}`,
    hint: metricHint(t, column),
    ...more,
  });
}
