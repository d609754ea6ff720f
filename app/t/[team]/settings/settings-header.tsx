import { useTranslations } from "next-intl";
import { NavLink } from "@/app/_ui/nav-link";
import { type DataMark, PageHeader } from "@/app/_ui/page-header";

const PAGES = ["general", "members", "key", "limits", "names", "imports", "tokens", "webhooks", "audit"] as const;

/** The title of the settings and the pages that exist there. */
export function SettingsHeader({ slug, mark }: { slug: string; mark: DataMark }) {
  const t = useTranslations("settings");
  return (
    <>
      <PageHeader title={t("title")} mark={mark} />
      <nav aria-label={t("nav")} className="mb-4 flex flex-wrap gap-0.5">
        {PAGES.map((page) => (
          <NavLink key={page} href={`/t/${slug}/settings/${page}`} className="tab">
            {t(page)}
          </NavLink>
        ))}
      </nav>
    </>
  );
}
