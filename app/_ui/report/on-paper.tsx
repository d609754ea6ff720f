import { useTranslations } from "next-intl";

/** Rows of a table that a report holds; of more nobody prints every page. */
export const MOST_ON_PAPER = 200;

/** Below a table of a report that has more rows than paper holds: how many of how many these are. */
export function OnPaper({ shown, all }: { shown: number; all: number }) {
  const t = useTranslations("report");
  if (shown >= all) return null;
  return <p className="mt-1 text-text-3">{t("firstRows", { shown, all })}</p>;
}
