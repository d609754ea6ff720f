import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readWatchlist } from "./read-watchlist";
import { WATCH_PAGE_SIZE, type WatchView, type WatchViewInput, type WatchViewItem } from "./watch-view";

/**
 * A whole watchlist in batches, in its order: each but the first is read only when it is asked for. Without series, which
 * a table has no cells for. @throws `not_found`, also for somebody else's private list
 */
export async function exportWatchlist(
  ctx: TeamContext,
  id: string,
  { window, tag }: Pick<WatchViewInput, "window" | "tag">,
): Promise<Omit<WatchView, "items"> & { batches: AsyncGenerator<WatchViewItem[]> }> {
  const readPage = (page: number) => readWatchlist(ctx, id, { window, tag, page, figures: [] });
  const first = await readPage(1);
  const pages = Math.ceil(first.total / WATCH_PAGE_SIZE);
  async function* batches() {
    yield first.items;
    for (let page = 2; page <= pages; page++) yield (await readPage(page)).items;
  }
  return { ...first, batches: batches() };
}
