import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { type FindInput, type Found, MOST_FOUND } from "./find-schemas";

/**
 * What the team has under a name that holds `q`: learned categories (also by an own name, an alias or their id), searches
 * and lists that this member may see, and members. What is called so comes first, then what begins so. Nothing is found by no word.
 */
export async function findThings(ctx: TeamContext, { q }: FindInput): Promise<Found> {
  if (q === "") return { items: [] };
  const part = q.replace(/[\\%_]/g, "\\$&");
  const [within, begins] = [`%${part}%`, `${part}%`];
  return withTeam(ctx, "tracking:read", async (tx) => {
    const items = await tx.$queryRaw<Found["items"]>`
      with found as (
        select 1 as place, 'category' as kind, c.id, coalesce(n.name, c.name) as name,
            case when n.name is null then p.name else c.name end as detail
          from category c
            left join category p on p.team_id = c.team_id and p.upstream = c.upstream and p.id = c.parent_id
            left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
          where c.team_id = ${ctx.team.id}::uuid and c.upstream = ${ctx.team.upstream ?? ""}
            and (c.id = ${q} or c.name ilike ${within} or n.name ilike ${within}
              or exists (select from unnest(n.aliases) as alias where alias ilike ${within}))
        union all
        select 2, 'search', s.id::text, s.name, null from saved_search s
          where s.team_id = ${ctx.team.id}::uuid and s.upstream = ${ctx.team.upstream ?? ""} and s.deleted_at is null
            and (s.shared or s.member_id = ${ctx.member.id}::uuid) and s.name ilike ${within}
        union all
        select 3, 'watchlist', w.id::text, w.name, null from watchlist w
          where w.team_id = ${ctx.team.id}::uuid and w.upstream = ${ctx.team.upstream ?? ""} and w.deleted_at is null
            and (w.shared or w.member_id = ${ctx.member.id}::uuid) and w.name ilike ${within}
        union all
        select 4, 'member', m.id::text, u.name, u.email from membership m join user_account u on u.id = m.user_id
          where m.team_id = ${ctx.team.id}::uuid and m.removed_at is null
            and (u.name ilike ${within} or u.email ilike ${within})),
      ranked as (
        select *, row_number() over (
            partition by kind order by lower(name) = lower(${q}) desc, name ilike ${begins} desc, lower(name), id) as nth
        from found)
      select kind, id, name, detail from ranked where nth <= ${MOST_FOUND} order by place, nth`;
    return { items };
  });
}
