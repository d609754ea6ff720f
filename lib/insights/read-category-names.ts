import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import {
  containing,
  readTablePage,
  TABLE_ROWS,
  type TableLook,
  type TablePage,
} from "@/lib/platform/format/table-page";
import type { NamedCategory } from "./schemas";

/** Every category that the team has named itself, with the provider's name, by own name; of these alone, where told. */
export async function readCategoryNames(
  ctx: TeamContext,
  ids: readonly string[] | null = null,
): Promise<{ items: NamedCategory[] }> {
  const among = ids === null ? Prisma.empty : Prisma.sql`and n.category_id = any(${ids}::text[])`;
  return withTeam(ctx, "tracking:read", async (tx) => {
    const items = await tx.$queryRaw<NamedCategory[]>`select ${COLUMNS} ${named(ctx, "")} ${among} ${BY_NAME}`;
    return { items };
  });
}

/** One page of the same; `q` is looked for in own names, aliases, the provider's names and ids. */
export async function readCategoryNamesPage(
  ctx: TeamContext,
  look: TableLook,
  most = TABLE_ROWS,
): Promise<TablePage<NamedCategory>> {
  return withTeam(ctx, "tracking:read", (tx) => {
    const count = async () => {
      const rows = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total ${named(ctx, look.q)}`;
      return rows[0]?.total ?? 0;
    };
    const read = (limit: number, offset: number) => tx.$queryRaw<NamedCategory[]>`
      select ${COLUMNS} ${named(ctx, look.q)} ${BY_NAME} limit ${limit}::int offset ${offset}::int`;
    return readTablePage(look, count, read, most);
  });
}

const COLUMNS = Prisma.sql`n.category_id as id, n.name, n.aliases, c.name as "providerName", n.version`;
const BY_NAME = Prisma.sql`order by coalesce(n.name, c.name, n.category_id), n.category_id`;

function named(ctx: TeamContext, q: string): Prisma.Sql {
  const part = containing(q);
  return Prisma.sql`from category_name n
      left join category c on c.team_id = n.team_id and c.upstream = n.upstream and c.id = n.category_id
    where n.team_id = ${ctx.team.id}::uuid and n.upstream = ${ctx.team.upstream ?? ""}
      ${
        q === ""
          ? Prisma.empty
          : Prisma.sql`and (n.name ilike ${part} or c.name ilike ${part} or n.category_id = ${q}
              or exists (select from unnest(n.aliases) as alias where alias ilike ${part}))`
      }`;
}
