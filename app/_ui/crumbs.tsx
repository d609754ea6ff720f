import { useTranslations } from "next-intl";
import { SoftLink } from "./soft-link";

type Section = "explore" | "searches" | "watchlists" | "schedules" | "alerts" | "credits";

/** The page of the navigation that a page stands below, and what lies between the two. */
export type Above = { slug: string; section: Section; between?: readonly { href: string; name: string }[] };

/** What a page stands below, the widest first; each leads there. */
export function Crumbs({ slug, section, between = [] }: Above) {
  const t = useTranslations();
  return (
    <nav
      aria-label={t("moving.above")}
      className="flex flex-wrap items-baseline gap-x-1.5 text-text-3 text-xs max-sm:leading-6 print:hidden"
    >
      {[{ href: `/t/${slug}/${section}`, name: t(`shell.${section}`) }, ...between].map(({ href, name }) => (
        <span key={href} className="inline-flex gap-x-1.5">
          <SoftLink href={href} className="hover:underline">
            {name}
          </SoftLink>
          <span aria-hidden="true">›</span>
        </span>
      ))}
    </nav>
  );
}
