import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { type FirstSteps, WATCHED_ENOUGH } from "./first-steps-schemas";

/** What a new team has done of its first steps, as its data shows it, and whether this member wants to see them. */
export async function readFirstSteps(ctx: TeamContext): Promise<FirstSteps> {
  const { team, member } = ctx;
  const upstream = team.upstream ?? "";
  return withTeam(ctx, "tracking:read", async (tx) => {
    const [found] = await tx.$queryRaw<FirstSteps[]>`
      select m.first_steps_hidden as hidden,
        exists (select from team_key k where k.team_id = m.team_id and k.upstream = ${upstream}
          and k.sealed_text is not null) as connected,
        exists (select from snapshot f where f.team_id = m.team_id and f.upstream = ${upstream}) as fetched,
        exists (select from saved_search s where s.team_id = m.team_id and s.upstream = ${upstream}
          and s.deleted_at is null and (s.shared or s.member_id = m.id)) as saved,
        (select count(*)::int from (
          select from watchlist w join watch_item i on i.team_id = w.team_id and i.watchlist_id = w.id
          where w.team_id = m.team_id and w.upstream = ${upstream} and w.deleted_at is null
            and (w.shared or w.member_id = m.id)
          group by i.category_id, i.region limit ${WATCHED_ENOUGH}::int) watched) as watched,
        exists (select from membership o where o.team_id = m.team_id and o.id <> m.id and o.removed_at is null)
          or exists (select from invitation v where v.team_id = m.team_id and v.accepted_at is null
            and v.revoked_at is null and v.expires_at > app_now()) as invited
      from membership m where m.team_id = ${team.id}::uuid and m.id = ${member.id}::uuid`;
    if (!found) throw new Error("A member without a membership asked for the first steps.");
    return found;
  });
}
