import "server-only";
import { asTeam } from "@/lib/auth/context";
import { notify } from "@/lib/notifications/notify";
import { db } from "@/lib/platform/db";

type Waiting = { team_id: string; upstream: "live" | "sandbox"; requests: number; credits: number; day: string };

/**
 * Tells owners and admins, once on each day of their team, that requests have waited longer than a day for somebody to
 * say what they cost. Only where the team's rule is to ask. @returns how many people were told.
 */
export async function remindOfUnsettled(): Promise<{ told: number }> {
  const waiting = await db().$queryRaw<Waiting[]>`select * from credits_unsettled_waiting()`;
  let told = 0;
  for (const { team_id, upstream, requests, credits, day } of waiting) {
    told += await asTeam(team_id, (tx) =>
      notify(tx, team_id, {
        kind: "unsettled_open",
        to: { admins: true },
        facts: { upstream, requests, credits },
        link: "/credits/unsettled",
        dedupe: `unsettled/${upstream}/${day}`,
      }),
    );
  }
  return { told };
}
