import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { SavingsLine } from "@/lib/credits/savings-schemas";
import { exactNumber } from "@/lib/platform/format/number";

const KINDS = ["repeated", "unopened", "unchanged"] as const;

type Props<Line> = {
  title: string;
  column: string;
  lines: Line[];
  nameOf: (line: Line) => string;
  /** Where a line's name leads; null leads nowhere. */
  hrefOf: (line: Line) => string | null;
  /** What could have been otherwise: its head, what that means, and what to say of a line. */
  mends: { head: string; hint: string; of: (line: Line) => ReactNode }[];
};

/** Credits spent for nothing by one kind of thing, and beside them what each would have cost otherwise. */
export function WasteTable<Line extends SavingsLine>({ title, column, lines, nameOf, hrefOf, mends }: Props<Line>) {
  const t = useTranslations("savings");
  const locale = useLocale();
  return (
    <ScrollRegion label={t("scroll", { name: title })} className="overflow-x-auto">
      <table className="table" aria-label={title}>
        <thead>
          <tr>
            <th scope="col" className="l pl-3.5!">
              {column}
            </th>
            <th scope="col">{t("spent")}</th>
            {KINDS.map((kind) => (
              <th key={kind} scope="col">
                {t(`kinds.${kind}`)}
              </th>
            ))}
            {mends.map(({ head, hint }) => (
              <th key={head} scope="col" title={hint}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const href = hrefOf(line);
            return (
              <tr key={line.key}>
                <th scope="row" className="l max-w-52 pl-3.5! font-medium! text-[0.8125rem]! text-text!">
                  {href ? (
                    <Link href={href} prefetch={false} className="link block truncate">
                      {nameOf(line)}
                    </Link>
                  ) : (
                    <span className="block truncate text-text-2">{nameOf(line)}</span>
                  )}
                </th>
                <td>{exactNumber(line.spent, locale)}</td>
                {KINDS.map((kind) => (
                  <td key={kind} className={line[kind] === 0 ? "text-text-3" : ""}>
                    {exactNumber(line[kind], locale)}
                  </td>
                ))}
                {mends.map(({ head, of }) => (
                  <td key={head}>{of(line)}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
