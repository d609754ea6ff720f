import Link from "next/link";
import { useTranslations } from "next-intl";
import { SaveTable } from "@/app/_ui/save-table";
import { csvHref, type Shown } from "./address";

type Props = { slug: string; shown: Shown };

/** The ledger as a file, within the page's own filter, and the statement. Neither is loaded before somebody asks. */
export function ExportLinks({ slug, shown }: Props) {
  const t = useTranslations("statement");
  return (
    <span className="flex gap-1">
      <Link href={`/t/${slug}/credits/statement`} prefetch={false} className="btn btn-quiet">
        {t("open")}
      </Link>
      <SaveTable href={csvHref(slug, "entries", shown)} label={t("exportCsv")} />
    </span>
  );
}
