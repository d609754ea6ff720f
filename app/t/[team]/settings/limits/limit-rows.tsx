"use client";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import { UsedBar } from "./used";

type Row = {
  id: string;
  name: string;
  detail: string | null;
  limit: number | null;
  effective: number | null;
  granted: number;
  spent: number;
  held: number;
};

/** What stands around the rows: the field that looks through them, and their other pages. */
export type TableFrame = { find: ReactNode; nothing: ReactNode; pages: ReactNode; isPart: boolean };

type Props = {
  /** The form that the fields belong to. */
  form: string;
  frame: TableFrame;
  title: string;
  rows: Row[];
  placeholder: string;
  mistakes: Record<string, string>;
  mayWrite: boolean;
};

/** Limits of members or tokens, each with its field in the row and what is used of it. */
export function LimitRows({ form, frame, title, rows, placeholder, mistakes, mayWrite }: Props) {
  const t = useTranslations("client.limits");
  const locale = useLocale();
  const number = (value: number | null) => exactNumber(value, locale);
  return (
    <section className="sheet min-w-0">
      <h2 className="px-3.5 pt-3 pb-1">{title}</h2>
      {frame.find}
      {frame.nothing}
      <ScrollRegion label={title} className={rows.length === 0 ? "hidden" : "overflow-x-auto"}>
        <table className="table" aria-label={title}>
          <thead>
            <tr>
              <th scope="col" className="l pl-3.5!">
                {t("name")}
              </th>
              <th scope="col">{t("limit")}</th>
              <th scope="col">{t("effective")}</th>
              <th scope="col">{t("spent")}</th>
              <th scope="col">{t("held")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row" className="l max-w-44 pl-3.5! font-medium! text-[0.8125rem]! text-text!">
                  <span className="block truncate">{row.name}</span>
                  {row.detail && <span className="block truncate font-normal text-text-3 text-xs">{row.detail}</span>}
                  <span className="mt-1 block">
                    <UsedBar spent={row.spent} held={row.held} limit={row.effective} />
                  </span>
                </th>
                <td>
                  <input
                    form={form}
                    name={row.id}
                    aria-label={t("limitOf", { name: row.name })}
                    inputMode="numeric"
                    autoComplete="off"
                    placeholder={placeholder}
                    defaultValue={row.limit ?? ""}
                    readOnly={!mayWrite}
                    className="input num ml-auto w-32 text-right"
                    aria-invalid={mistakes[row.id] ? true : undefined}
                    aria-describedby={mistakes[row.id] ? `${row.id}-mistake` : undefined}
                  />
                  {mistakes[row.id] && (
                    <p id={`${row.id}-mistake`} className="mistake mt-1 whitespace-normal">
                      {mistakes[row.id]}
                    </p>
                  )}
                </td>
                <td className={row.effective === null ? "text-text-3" : ""}>
                  {row.effective === null ? MISSING : number(row.effective)}
                  {row.granted > 0 && (
                    <span className="block text-text-3 text-xs">{t("granted", { credits: number(row.granted) })}</span>
                  )}
                </td>
                <td>{number(row.spent)}</td>
                <td className="text-text-2">{number(row.held)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {frame.pages}
    </section>
  );
}
