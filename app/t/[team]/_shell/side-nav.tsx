import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Brand } from "@/app/_ui/brand";
import { FindButton } from "@/app/_ui/moving/find-button";
import { NavLink } from "@/app/_ui/nav-link";
import { SoftLink } from "@/app/_ui/soft-link";
import { AccountMenu } from "./account-menu";
import { Bell } from "./bell";
import { SECTIONS } from "./sections";
import { TeamMenu, type TeamMenuProps } from "./team-menu";

type Props = TeamMenuProps & { account: { name: string; email: string }; unread: number; children: ReactNode };

/** The navigation of a wide window: pages, and below them the credits of the period. */
export function SideNav({ teams, team, account, unread, children }: Props) {
  const t = useTranslations("shell");
  const find = useTranslations("moving");
  return (
    <header className="sticky top-0 flex h-dvh flex-col gap-0.5 overflow-y-auto border-line border-r bg-panel px-2.5 py-3.5 max-md:hidden">
      <SoftLink href={`/t/${team.slug}`} className="px-2 pb-3">
        <Brand />
      </SoftLink>
      <TeamMenu id="team-menu" teams={teams} team={team} className="mb-1.5 w-full" />
      <FindButton label={find("find")} className="btn mb-2.5 w-full px-2 font-normal text-text-2" />
      <nav aria-label={t("nav")} className="grid gap-0.5">
        {SECTIONS.map(({ name, path, Icon }) => (
          <NavLink key={name} href={`/t/${team.slug}${path}`} exact={path === ""} className="side">
            <Icon size={15} aria-hidden="true" className="text-text-3" />
            {t(name)}
          </NavLink>
        ))}
        <Bell slug={team.slug} unread={unread} className="side" />
      </nav>
      <div className="grow" />
      {children}
      <AccountMenu id="account-menu" account={account} className="mt-2" />
    </header>
  );
}
