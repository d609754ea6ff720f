import { useTranslations } from "next-intl";

type Props = {
  /** The address of the table as CSV. */
  href: string;
  label: string;
  /** What the table holds, where a page has several. */
  name?: string;
  className?: string;
};

/** A table to be saved: as CSV, and the same for Excel. */
export function SaveTable({ href, label, name, className = "btn btn-quiet" }: Props) {
  const t = useTranslations("files");
  return (
    <>
      <a href={href} download className={className} aria-label={name && `${label}: ${name}`}>
        {label}
      </a>
      <a
        href={href.replace(".csv", ".xlsx")}
        download
        className={className}
        aria-label={name ? `${t("asExcel")}: ${name}` : t("asExcel")}
        title={t("most")}
      >
        {t("excel")}
      </a>
    </>
  );
}
