import { randomUUID } from "node:crypto";
import type pg from "pg";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { fillHistory } from "@/lib/testing/synthetic-history";

/** What a team that buys its rankings daily has after a year: 547,500 points. */
export const HISTORY = { categories: 500, regions: ["US", "GB", "DE"], days: 365, window: "7" };
export const TEAMS = 20;

/** A team with a year of daily rankings. */
export async function makeHistoryTeam(pool: pg.Pool): Promise<TeamContext> {
  const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
  await fillHistory(pool, ctx, HISTORY);
  return ctx;
}

/** So many more such teams, and somebody who is a member of each of them and of the first. */
export async function joinTeams(pool: pg.Pool, first: TeamContext, more: number): Promise<TeamContext> {
  const member = await makeMember(first, "owner");
  for (let nth = 0; nth < more; nth++) {
    const { team } = await makeHistoryTeam(pool);
    const data = { teamId: team.id, id: randomUUID(), userId: member.member.userId, role: "owner" };
    await asTeam(team.id, (tx) => tx.membership.create({ data }));
  }
  return member;
}
