import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { exportWatchlist } from "./export-watchlist";
import type { WatchView, WatchViewInput, WatchViewItem } from "./watch-view";

/** A whole watchlist at once, without series. @throws `not_found`, also for somebody else's private list */
export async function readWholeWatchlist(
  ctx: TeamContext,
  id: string,
  input: Pick<WatchViewInput, "window" | "tag">,
): Promise<WatchView> {
  const { batches, ...view } = await exportWatchlist(ctx, id, input);
  const items: WatchViewItem[] = [];
  for await (const batch of batches) items.push(...batch);
  return { ...view, items };
}
