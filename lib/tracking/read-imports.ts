import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Prisma } from "@/lib/platform/db";
import { literally, readTablePage, TABLE_ROWS, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import type { HistoryImport } from "./import-schemas";

/** The sheets that a team brought its history from, the newest first. */
export async function readImports(ctx: TeamContext): Promise<{ items: HistoryImport[] }> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const rows = await tx.historyImport.findMany({ where: thoseOf(ctx), ...SHOWN });
    return { items: rows.map(toImport) };
  });
}

/** One page of the same; `q` is looked for in the names of the sheets. */
export async function readImportsPage(
  ctx: TeamContext,
  look: TableLook,
  most = TABLE_ROWS,
): Promise<TablePage<HistoryImport>> {
  const where = {
    ...thoseOf(ctx),
    ...(look.q !== "" && { name: { contains: literally(look.q), mode: "insensitive" as const } }),
  };
  return withTeam(ctx, "tracking:read", (tx) =>
    readTablePage(
      look,
      () => tx.historyImport.count({ where }),
      async (take, skip) => (await tx.historyImport.findMany({ where, take, skip, ...SHOWN })).map(toImport),
      most,
    ),
  );
}

const thoseOf = (ctx: TeamContext) => ({ teamId: ctx.team.id, upstream: ctx.team.upstream ?? "", removedAt: null });

const SHOWN = {
  orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  include: { member: { select: { id: true, removedAt: true, user: { select: { name: true } } } } },
} satisfies Prisma.HistoryImportFindManyArgs;

const toImport = (row: Prisma.HistoryImportGetPayload<typeof SHOWN>): HistoryImport => ({
  id: row.id,
  name: row.name,
  window: row.window as HistoryImport["window"],
  rows: row.rows,
  maker: row.member && row.member.removedAt === null ? { id: row.member.id, name: row.member.user.name } : null,
  createdAt: row.createdAt.toISOString(),
});
