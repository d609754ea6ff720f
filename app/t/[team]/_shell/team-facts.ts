import "server-only";
import { cache } from "react";
import type { DataMark } from "@/app/_ui/page-header";
import type { TeamContext } from "@/lib/auth/context";
import { readPeriod } from "@/lib/credits/read-period";
import { readNow } from "@/lib/insights/read-now";
import { countUnread } from "@/lib/notifications/count-unread";
import { readKey } from "@/lib/teams/read-key";

/** Credits of the team in the running period, read once for the shell and the page. */
export const teamSummary = cache(readPeriod);

/** How the team's key fares, read once for the shell and the page. */
export const teamKey = cache(readKey);

/** What the member has not read, counted once for the bell and the page. */
export const teamUnread = cache(countUnread);

export const pageNow = cache(readNow);

/** Whether what a page of this team shows is invented, or from a host that is not the vendor's. */
export async function dataMark(ctx: TeamContext): Promise<DataMark> {
  const { upstream } = ctx.team;
  return { sandbox: upstream === "sandbox", host: upstream === "live" ? (await teamKey(ctx)).host : null };
}
