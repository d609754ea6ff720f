import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";

/** Today in the team's time zone. */
export async function teamToday(tx: Tx, ctx: TeamContext): Promise<string> {
  const [clock] = await tx.$queryRaw<{ today: string }[]>`
    select (app_now() at time zone ${ctx.team.timeZone})::date::text as today`;
  return clock?.today ?? "";
}
