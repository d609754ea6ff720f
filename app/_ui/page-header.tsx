import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

export type DataMark = { sandbox: boolean; host: string | null };

type Props = { title: string; subtitle?: string; mark?: DataMark; children?: ReactNode };

/** The title of a page, what it is about, and whether its data is invented or from another host. */
export function PageHeader({ title, subtitle, mark, children }: Props) {
  const t = useTranslations("app");
  return (
    <header className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <h1 className="max-sm:grow">{title}</h1>
      {subtitle && <p className="grow text-text-3 max-sm:order-last max-sm:w-full sm:basis-56">{subtitle}</p>}
      {!subtitle && <span className="grow max-sm:hidden" />}
      {mark?.sandbox && <span className="tag tag-sandbox self-center">{t("sandbox")}</span>}
      {mark?.host && <span className="tag tag-sandbox self-center">{t("otherHost", { host: mark.host })}</span>}
      {children}
    </header>
  );
}
