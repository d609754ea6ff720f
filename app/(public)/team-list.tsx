import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { OwnTeam } from "@/lib/teams/schemas";

export function TeamList({ teams }: { teams: OwnTeam[] }) {
  const t = useTranslations();
  return (
    <div className="mx-auto max-w-[28rem] pt-10">
      <h1 className="mb-3">{t("landing.teamsTitle")}</h1>
      <ul className="sheet divide-y divide-line">
        {teams.map((team) => (
          <li key={team.id}>
            <Link
              href={`/t/${team.slug}`}
              className="flex min-h-12 items-center justify-between gap-3 px-3.5 py-2 hover:bg-sunk"
            >
              <strong className="font-semibold">{team.name}</strong>
              <span className="flex items-center gap-2 text-text-3">
                {t(`role.${team.role}`)}
                <ChevronRight size={15} aria-hidden="true" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Link href="/teams/new" className="btn btn-quiet mt-3 -ml-2">
        {t("landing.newTeam")}
      </Link>
    </div>
  );
}
