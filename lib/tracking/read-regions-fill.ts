import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { fetchRuns } from "./internal";
import { planRegions } from "./plan-regions";
import type { RegionsFill, RegionsTarget } from "./regions-schemas";

/** What `fillRegions` would cost now, and how the newest such run of this category stands. Never spends. */
export async function readRegionsFill(
  ctx: TeamContext,
  categoryId: string,
  target: RegionsTarget,
): Promise<RegionsFill> {
  const where = Prisma.sql`r.kind = 'regions' and r.category_id = ${categoryId} and r.upstream = ${ctx.team.upstream ?? ""}`;
  const [{ credits }, runs] = await Promise.all([
    planRegions(ctx, categoryId, target),
    withTeam(ctx, "tracking:read", (tx) => fetchRuns(tx, ctx, where, 1)),
  ]);
  return { credits, lastRun: runs[0] ?? null };
}
