import "server-only";
import type { Tx } from "@/lib/platform/db";

export type CategoryNames = { providerName: string | null; ownName: string | null };

/** What learned categories are called, by id: by the provider, and by the team itself. */
export async function fetchNames(
  tx: Tx,
  team: { id: string; upstream: string | null },
  ids: readonly string[],
): Promise<ReadonlyMap<string, CategoryNames>> {
  const rows = await tx.$queryRaw<(CategoryNames & { id: string })[]>`
    select c.id, c.name as "providerName", n.name as "ownName" from category c left join category_name n
      on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
    where c.team_id = ${team.id}::uuid and c.upstream = ${team.upstream ?? ""} and c.id = any(${ids}::text[])`;
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}

/** The team's own name, else the provider's; null for a category without either, or that no answer ever held. */
export const shownName = (names: CategoryNames | undefined): string | null =>
  names?.ownName ?? names?.providerName ?? null;
