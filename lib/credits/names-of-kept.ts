import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { maySpendOf } from "./may-spend-of";
import { PRIVATE_NAME } from "./schemas";

export type Kept = { name: string; kind: "search" | "watchlist" };

const KEPT = { id: true, name: true, shared: true, memberId: true } as const;

export type KeptSchedule = Kept & {
  cadence: string;
  hour: number;
  version: number;
  isActive: boolean;
  mayChange: boolean;
};

/** Schedules by id, ended ones too, called as what they renew. */
export async function schedulesOf(tx: Tx, ctx: TeamContext, ids: string[]): Promise<Map<string, KeptSchedule>> {
  const rows = await tx.schedule.findMany({ where: { teamId: ctx.team.id, id: { in: ids } } });
  const names = await namesOfKept(
    tx,
    ctx,
    rows.map(({ searchId, watchlistId }) => searchId ?? watchlistId ?? ""),
  );
  return new Map(
    rows.flatMap((row) => {
      const { id, searchId, watchlistId, cadence, hour, version, pausedAt, endedAt } = row;
      const kept = names.get(searchId ?? watchlistId ?? "");
      if (!kept) return [];
      const [isActive, mayChange] = [!pausedAt && !endedAt, maySpendOf(ctx.member, row)];
      return [[id, { ...kept, cadence, hour, version, isActive, mayChange }] as const];
    }),
  );
}

/** Saved searches and watchlists by id, deleted ones too. What is private has its name for its maker alone. */
export async function namesOfKept(tx: Tx, ctx: TeamContext, ids: string[]): Promise<Map<string, Kept>> {
  const asked = { where: { teamId: ctx.team.id, id: { in: ids } }, select: KEPT };
  const searches = await tx.savedSearch.findMany(asked);
  const lists = await tx.watchlist.findMany(asked);
  const named =
    (kind: Kept["kind"]) =>
    ({ id, name, shared, memberId }: (typeof searches)[number]): [string, Kept] => [
      id,
      { name: shared || memberId === ctx.member.id ? name : PRIVATE_NAME, kind },
    ];
  return new Map([...searches.map(named("search")), ...lists.map(named("watchlist"))]);
}
