import { useTranslations } from "next-intl";
import { NavLink } from "@/app/_ui/nav-link";

/** The pages about credits; beside "To confirm", how many requests of those one may see wait for their cost. */
export function CreditsNav({ slug, toConfirm }: { slug: string; toConfirm: number }) {
  const t = useTranslations("creditsNav");
  const pages = [
    ["", t("usage")],
    ["/unsettled", t("unsettled", { count: toConfirm })],
    ["/balance", t("balance")],
    ["/savings", t("savings")],
  ] as const;
  return (
    <nav aria-label={t("label")} className="-mx-3.5 mb-4 flex gap-0.5 overflow-x-auto px-3.5 md:mx-0 md:px-0">
      {pages.map(([path, text]) => (
        <NavLink key={path} href={`/t/${slug}/credits${path}`} exact className="tab">
          {text}
        </NavLink>
      ))}
    </nav>
  );
}
