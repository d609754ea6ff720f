import { useTranslations } from "next-intl";
import { NavLink } from "@/app/_ui/nav-link";
import { SECTIONS } from "./sections";

/** The navigation of a phone. */
export function BottomNav({ slug }: { slug: string }) {
  const t = useTranslations("shell");
  return (
    <nav
      aria-label={t("nav")}
      className="fixed inset-x-0 bottom-0 z-10 grid auto-cols-fr grid-flow-col border-line border-t bg-panel px-1.5 pt-1 pb-[max(0.4rem,env(safe-area-inset-bottom))] md:hidden"
    >
      {SECTIONS.map(
        ({ name, short, path, Icon }) =>
          short && (
            <NavLink key={name} href={`/t/${slug}${path}`} exact={path === ""} className="bottom">
              <Icon size={19} aria-hidden="true" />
              {t(short)}
            </NavLink>
          ),
      )}
    </nav>
  );
}
