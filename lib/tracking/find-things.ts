import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import { Prisma } from "@/lib/platform/db";
import { containing, literally } from "@/lib/platform/format/table-page";
import { type FindInput, type FindKind, type Found, MOST_FOUND, MOST_OF_ONE } from "./find-schemas";

/**
 * What the team has under a name that holds `q`: learned categories (also by an own name, an alias or their id), searches
 * and lists that this member may see, and members. What is called so comes first, then what begins so. Nothing is found
 * by no word, unless one kind is asked for: then the first by name are.
 */
export async function findThings(ctx: TeamContext, { q, kind }: FindInput): Promise<Found> {
  if (q === "" && !kind) return { items: [] };
  const [within, begins] = [containing(q), `${literally(q)}%`];
  const { id: teamId } = ctx.team;
  const upstream = ctx.team.upstream ?? "";
  const unscheduled = (of: Prisma.Sql) =>
    kind === "renewable"
      ? Prisma.sql`and not exists (select from schedule x where x.team_id = ${teamId}::uuid and ${of} and x.ended_at is null)`
      : Prisma.empty;
  const people = (were: boolean) => Prisma.sql`
    select 4 as place, 'member' as kind, m.id::text, u.name, u.email as detail
    from membership m join user_account u on u.id = m.user_id
    where m.team_id = ${teamId}::uuid ${were ? Prisma.empty : Prisma.sql`and m.removed_at is null`}
      and (u.name ilike ${within} or u.email ilike ${within})`;
  const parts: Record<(typeof PARTS)[number], Prisma.Sql> = {
    category: Prisma.sql`
      select 1 as place, 'category' as kind, c.id, coalesce(n.name, c.name) as name,
          case when n.name is null then p.name else c.name end as detail
        from category c
          left join category p on p.team_id = c.team_id and p.upstream = c.upstream and p.id = c.parent_id
          left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
        where c.team_id = ${teamId}::uuid and c.upstream = ${upstream}
          ${kind === "category" ? Prisma.sql`and c.level = 3` : Prisma.empty}
          and (c.id = ${q} or c.name ilike ${within} or n.name ilike ${within}
            or exists (select from unnest(n.aliases) as alias where alias ilike ${within}))`,
    search: Prisma.sql`
      select 2 as place, 'search' as kind, s.id::text, s.name, null as detail from saved_search s
        where s.team_id = ${teamId}::uuid and s.upstream = ${upstream} and s.deleted_at is null
          and (s.shared or s.member_id = ${ctx.member.id}::uuid) and s.name ilike ${within}
          ${unscheduled(Prisma.sql`x.search_id = s.id`)}`,
    watchlist: Prisma.sql`
      select 3 as place, 'watchlist' as kind, w.id::text, w.name, null as detail from watchlist w
        where w.team_id = ${teamId}::uuid and w.upstream = ${upstream} and w.deleted_at is null
          and (w.shared or w.member_id = ${ctx.member.id}::uuid) and w.name ilike ${within}
          ${unscheduled(Prisma.sql`x.watchlist_id = w.id`)}`,
    // Who was a member once is for those who may read what they did.
    member: people(kind === "person" && allows(ctx.member.role, "audit:read")),
  };
  const asked = partsOf(kind).map((part) => parts[part]);
  return withTeam(ctx, "tracking:read", async (tx) => {
    const items = await tx.$queryRaw<Found["items"]>`
      with found as (${Prisma.join(asked, " union all ")}),
      ranked as (
        select *, row_number() over (
            partition by kind order by lower(name) = lower(${q}) desc, name ilike ${begins} desc, lower(name), id) as nth
        from found)
      select kind, id, name, detail from ranked where nth <= ${kind ? MOST_OF_ONE : MOST_FOUND} order by place, nth`;
    return { items };
  });
}

const PARTS = ["category", "search", "watchlist", "member"] as const;

function partsOf(kind: FindKind | undefined): readonly (typeof PARTS)[number][] {
  if (!kind) return PARTS;
  if (kind === "renewable") return ["search", "watchlist"];
  if (kind === "any_category") return ["category"];
  return [kind === "person" ? "member" : kind];
}
