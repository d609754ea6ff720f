import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PopoverPanel } from "@/app/_ui/popover-panel";

export type TeamMenuProps = {
  teams: { slug: string; name: string }[];
  team: { slug: string; name: string };
};

/** Which team one is in; opens the others. */
export function TeamMenu({ id, teams, team, className }: TeamMenuProps & { id: string; className: string }) {
  const t = useTranslations("shell");
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className={`btn justify-between px-2 font-semibold ${className}`}
        aria-description={t("switchTeam")}
      >
        <span className="truncate">{team.name}</span>
        <ChevronsUpDown size={14} aria-hidden="true" className="shrink-0 text-text-3" />
      </button>
      <PopoverPanel id={id} label={t("switchTeam")}>
        {teams.map(({ slug, name }) => (
          <Link
            key={slug}
            href={`/t/${slug}`}
            prefetch={false}
            className="menu-item"
            aria-current={slug === team.slug ? "true" : undefined}
          >
            <Check size={15} aria-hidden="true" className={slug === team.slug ? "shrink-0" : "invisible shrink-0"} />
            <span className="truncate">{name}</span>
          </Link>
        ))}
        <div className="menu-line" />
        <Link href="/teams/new" prefetch={false} className="menu-item">
          <Plus size={15} aria-hidden="true" className="shrink-0" />
          {t("newTeam")}
        </Link>
      </PopoverPanel>
    </>
  );
}
