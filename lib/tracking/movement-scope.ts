import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import type { MovementsInput } from "./movement-schemas";
import type { SavedSearch } from "./schemas";
import { fetchSearch } from "./search-rows";
import { visibleTo } from "./visible-to";

export type MovementScope =
  | { kind: "all"; window: string }
  | { kind: "list"; window: string; id: string; items: ReadonlySet<string> }
  | { kind: "search"; window: string; search: SavedSearch };

/** What is looked at, through its own window. @throws `not_found` for a list or search that the reader may not see */
export async function fetchScope(
  tx: Tx,
  ctx: TeamContext,
  { scope, window }: Pick<MovementsInput, "scope" | "window">,
): Promise<MovementScope> {
  const [kind, id = ""] = scope.split(".");
  if (kind === "search") {
    const search = await fetchSearch(tx, ctx, id);
    return { kind, search, window: search.window };
  }
  if (kind !== "list") return { kind: "all", window: window ?? ctx.team.defaultWindow };
  const list = await tx.watchlist.findFirst({
    where: { teamId: ctx.team.id, upstream: ctx.team.upstream ?? "", deletedAt: null, id, ...visibleTo(ctx) },
    select: { window: true, items: { select: { categoryId: true, region: true } } },
  });
  if (!list) throw notFound();
  const items = new Set(list.items.map(({ categoryId, region }) => `${region} ${categoryId}`));
  return { kind, id, window: list.window, items };
}
