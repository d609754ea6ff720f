import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Above, Crumbs } from "./crumbs";

export type DataMark = { sandbox: boolean; host: string | null };

type Props = { title: string; subtitle?: string; above?: Above; mark?: DataMark; children?: ReactNode };

/** The title of a page, what it stands below and is about, and whether its data is invented or from another host. */
export function PageHeader({ title, subtitle, above, mark, children }: Props) {
  const t = useTranslations("app");
  return (
    <>
      {above && <Crumbs {...above} />}
      <header className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1 max-sm:items-center">
        <h1 className="wrap-anywhere min-w-0 max-sm:grow">{title}</h1>
        {subtitle && <p className="grow text-text-3 max-sm:order-last max-sm:w-full sm:basis-56">{subtitle}</p>}
        {!subtitle && <span className="grow max-sm:hidden" />}
        {mark?.sandbox && <span className="tag tag-sandbox self-center">{t("sandbox")}</span>}
        {mark?.host && <span className="tag tag-sandbox self-center">{t("otherHost", { host: mark.host })}</span>}
        {/* On a phone what one can do stays together, beside the title or below it. */}
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 empty:hidden sm:contents">{children}</div>
      </header>
    </>
  );
}
