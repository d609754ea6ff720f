import { useTranslations } from "next-intl";
import { BrandMark } from "@/app/_ui/brand";
import { FindButton } from "@/app/_ui/moving/find-button";
import { AccountMenu } from "./account-menu";
import { Bell } from "./bell";
import { TeamMenu, type TeamMenuProps } from "./team-menu";

type Props = TeamMenuProps & { account: { name: string; email: string }; unread: number };

/** The head of a phone's page: which team, and who one is. */
export function TopBar({ teams, team, account, unread }: Props) {
  const t = useTranslations("moving");
  return (
    <header className="sticky top-0 z-10 flex items-center gap-2 border-line border-b bg-panel px-3 py-1.5 md:hidden">
      <BrandMark className="size-6 shrink-0" />
      <TeamMenu id="team-menu-top" teams={teams} team={team} className="btn-quiet min-w-0 gap-1.5" />
      <span className="grow" />
      <FindButton label={t("find")} className="btn btn-quiet px-2.5" compact />
      <Bell slug={team.slug} unread={unread} className="btn btn-quiet relative px-2.5" compact />
      <AccountMenu id="account-menu-top" account={account} compact />
    </header>
  );
}
