import { useTranslations } from "next-intl";
import { SoftLink } from "@/app/_ui/soft-link";

/** The way from a view to its report: at the view's own address, with all that was chosen. */
export function ReportLink({ of }: { of: string }) {
  const t = useTranslations("report");
  const [path, query] = of.split("?");
  return (
    <SoftLink
      href={`${path}/report${query ? `?${query}` : ""}`}
      className="btn btn-quiet self-center"
      title={t("openHint")}
    >
      {t("open")}
    </SoftLink>
  );
}
