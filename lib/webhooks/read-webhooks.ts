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
import { fetchWebhook, fetchWebhooks } from "./internal";
import type { Webhook } from "./schemas";

/** The team's webhooks by name; of their addresses the host alone. */
export async function readWebhooks(ctx: TeamContext): Promise<{ items: Webhook[] }> {
  return withTeam(ctx, "webhooks:read", async (tx) => ({ items: await fetchWebhooks(tx, ctx) }));
}

/** One page of the same; `q` is looked for in names and hosts. */
export async function readWebhooksPage(
  ctx: TeamContext,
  look: TableLook,
  most = TABLE_ROWS,
): Promise<TablePage<Webhook>> {
  const part = containing(look.q);
  const found = Prisma.sql`from webhook w where w.team_id = ${ctx.team.id}::uuid and w.deleted_at is null
    ${look.q === "" ? Prisma.empty : Prisma.sql`and (w.name ilike ${part} or w.host ilike ${part})`}`;
  return withTeam(ctx, "webhooks:read", (tx) => {
    const count = async () => {
      const rows = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total ${found}`;
      return rows[0]?.total ?? 0;
    };
    const read = async (limit: number, offset: number) => {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        select w.id ${found} order by lower(w.name), w.id limit ${limit}::int offset ${offset}::int`;
      return fetchWebhooks(
        tx,
        ctx,
        rows.map(({ id }) => id),
      );
    };
    return readTablePage(look, count, read, most);
  });
}

/** Those of them that are there. */
export async function readWebhooksNamed(ctx: TeamContext, ids: readonly string[]): Promise<{ items: Webhook[] }> {
  return withTeam(ctx, "webhooks:read", async (tx) => ({ items: await fetchWebhooks(tx, ctx, ids) }));
}

/** @throws `not_found` */
export async function readWebhook(ctx: TeamContext, id: string): Promise<Webhook> {
  return withTeam(ctx, "webhooks:read", (tx) => fetchWebhook(tx, ctx, id));
}
