import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { assembleRanking, type Ranking } from "./assemble-ranking";
import { findSnapshots } from "./internal";
import { readFreshness } from "./read-freshness";
import type { Question } from "./schemas";

/** The ranking that the newest stored pages of these questions give. Never spends, whatever their age. */
export async function readRanking(ctx: TeamContext, pages: Question[]): Promise<Ranking> {
  const stored = await readFreshness(ctx, pages, 0);
  return readAssembled(
    ctx,
    stored.flatMap(({ snapshotId }) => snapshotId ?? []),
    pages.length,
  );
}

/** The ranking that given stored answers made at their time. */
export async function readAssembled(ctx: TeamContext, snapshotIds: string[], wanted: number): Promise<Ranking> {
  const snapshots = await withTeam(ctx, "insights:read", (tx) => findSnapshots(tx, ctx, snapshotIds));
  return assembleRanking(snapshots, wanted);
}
