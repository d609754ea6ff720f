import { useTranslations } from "next-intl";

type Props = {
  /** The address of the table as CSV. */
  href: string;
  /** What the CSV is called, where it is not simply saved. */
  label?: string;
  /** What the table holds, where a page has several. */
  name?: string;
  className?: string;
};

/** A table to be saved: as CSV, and the same for Excel. */
export function SaveTable({ href, label, name, className = "btn btn-quiet" }: Props) {
  const t = useTranslations("client.files");
  const csv = label ?? t("csv");
  return (
    // Together, also where a narrow window breaks the line.
    <span className="inline-flex items-center gap-x-1.5">
      <a href={href} download className={className} aria-label={name && `${csv}: ${name}`}>
        {csv}
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
    </span>
  );
}

/** The same as the foot of a table's sheet; `text` says of what, where each row has a file too. */
export function SaveFoot({ href, name, text }: Required<Pick<Props, "href" | "name">> & { text?: string }) {
  return (
    <p className="flex flex-wrap items-center justify-end border-line border-t px-2 py-1 print:hidden">
      {text && <span className="px-2 text-text-3">{text}</span>}
      <SaveTable href={href} name={name} />
    </p>
  );
}
