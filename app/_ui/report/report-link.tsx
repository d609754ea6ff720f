import Link from "next/link";
import { useTranslations } from "next-intl";

/** The way from a view to its report: at the view's own address, with all that was chosen. */
export function ReportLink({ of }: { of: string }) {
  const t = useTranslations("report");
  const [path, query] = of.split("?");
  return (
    <Link
      href={`${path}/report${query ? `?${query}` : ""}`}
      prefetch={false}
      className="btn btn-quiet self-center"
      title={t("openHint")}
    >
      {t("open")}
    </Link>
  );
}
