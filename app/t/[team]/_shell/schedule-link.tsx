import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import { readScheduleOf } from "@/lib/schedules/read-schedules";

type Props = { slug: string; ctx: TeamContext; thing: { searchId: string } | { watchlistId: string } };

/** From a search or a list to how it renews by itself, or to choosing that. */
export async function ScheduleLink({ slug, ctx, thing }: Props) {
  const [t, schedule] = await Promise.all([getTranslations("schedules"), readScheduleOf(ctx, thing)]);
  if (!schedule && !allows(ctx.member.role, "insights:buy")) return null;
  const chosen = "searchId" in thing ? `search-${thing.searchId}` : `watchlist-${thing.watchlistId}`;
  return (
    <Link
      href={schedule ? `/t/${slug}/schedules` : `/t/${slug}/schedules?what=${chosen}#new-schedule`}
      prefetch={false}
      className="btn btn-quiet self-center"
    >
      {t(schedule ? "linkThere" : "link")}
    </Link>
  );
}
