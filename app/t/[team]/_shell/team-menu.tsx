import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { PopoverPanel } from "@/app/_ui/popover-panel";
import { SoftLink } from "@/app/_ui/soft-link";

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
          <SoftLink
            key={slug}
            href={`/t/${slug}`}
            className="menu-item"
            aria-current={slug === team.slug ? "true" : undefined}
          >
            {slug === team.slug ? (
              <Check size={15} aria-hidden="true" className="shrink-0" />
            ) : (
              <span className="w-[15px] shrink-0" />
            )}
            <span className="truncate">{name}</span>
          </SoftLink>
        ))}
        <div className="menu-line" />
        <SoftLink href="/teams/new" className="menu-item">
          <Plus size={15} aria-hidden="true" className="shrink-0" />
          {t("newTeam")}
        </SoftLink>
      </PopoverPanel>
    </>
  );
}
