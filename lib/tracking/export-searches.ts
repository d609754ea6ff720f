import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readSearchesPage } from "./read-searches";
import type { SearchState } from "./schemas";

const BATCH = 500;

/** All searches that this reader may see, newest first; each batch is read only when the one before it was taken. */
export async function* exportSearches(ctx: TeamContext): AsyncGenerator<SearchState[]> {
  for (let page = 1; ; page += 1) {
    const { items, pages } = await readSearchesPage(ctx, { q: "", page }, BATCH);
    yield items;
    if (page >= pages) return;
  }
}
