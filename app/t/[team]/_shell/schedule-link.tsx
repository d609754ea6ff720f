import Link from "next/link";
import { useTranslations } from "next-intl";
import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";

type Props = {
  slug: string;
  ctx: TeamContext;
  thing: { searchId: string } | { watchlistId: string };
  /** Whether it renews by itself already. */
  scheduled: boolean;
};

/** From a search or a list to how it renews by itself, or to choosing that. */
export function ScheduleLink({ slug, ctx, thing, scheduled }: Props) {
  const t = useTranslations("schedules");
  if (!scheduled && !allows(ctx.member.role, "insights:buy")) return null;
  const chosen = "searchId" in thing ? `search-${thing.searchId}` : `watchlist-${thing.watchlistId}`;
  return (
    <Link
      href={scheduled ? `/t/${slug}/schedules` : `/t/${slug}/schedules?what=${chosen}#new-schedule`}
      prefetch={false}
      className="btn btn-quiet self-center"
    >
      {t(scheduled ? "linkThere" : "link")}
    </Link>
  );
}
