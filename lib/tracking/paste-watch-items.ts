import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { invalid } from "@/lib/platform/errors";
import { fetchNameable } from "./fetch-nameable";
import { MAX_WATCH_ITEMS, type PasteItemsInput, type PasteReport } from "./schemas";
import { understandPaste } from "./understand-paste";
import { lockWatchlist } from "./watchlist-rows";

const MAX_LINES = 1000;

/**
 * Puts every category that a pasted text names on a list, in one region, and reports what became of each line. Nothing
 * is guessed: a name that several categories have is reported with all of them.
 * @throws `not_found`; `invalid_request` for more than 1,000 lines
 */
export async function pasteWatchItems(ctx: TeamContext, listId: string, input: PasteItemsInput): Promise<PasteReport> {
  if (input.text.trimEnd().split(/\r\n|\r|\n/).length > MAX_LINES) throw invalid("text", "paste_too_long");
  return withTeam(ctx, "tracking:write", async (tx) => {
    await lockWatchlist(tx, ctx, listId);
    const categories = await fetchNameable(tx, ctx);
    const items = await tx.watchItem.findMany({
      where: { teamId: ctx.team.id, watchlistId: listId },
      select: { categoryId: true, region: true, place: true },
    });
    const { found, notUnderstood, ambiguous } = understandPaste(input.text, categories);
    const there = new Set(items.flatMap((item) => (item.region === input.region ? [item.categoryId] : [])));
    const fresh = found.filter(({ id }) => !there.has(id));
    const room = Math.max(0, MAX_WATCH_ITEMS - items.length);
    const added = fresh.slice(0, room);
    const last = Math.max(0, ...items.map(({ place }) => place));
    const addedAt = await appNow(tx);
    await tx.watchItem.createMany({
      data: added.map(({ id }, index) => ({
        teamId: ctx.team.id,
        watchlistId: listId,
        categoryId: id,
        region: input.region,
        place: last + index + 1,
        addedById: ctx.member.id,
        addedAt,
      })),
    });
    await audit(tx, ctx, "watch_item.pasted", { watchlistId: listId, region: input.region, added: added.length });

    const byId = new Map(categories.map((category) => [category.id, category]));
    const named = (id: string) => ({ id, name: byId.get(id)?.names[0] ?? null });
    const at = ({ line, id }: { line: number; id: string }) => ({ line, ...named(id) });
    return {
      added: added.map(at),
      alreadyThere: found.filter(({ id }) => there.has(id)).map(at),
      notUnderstood,
      ambiguous: ambiguous.map(({ line, text, candidateIds }) => ({
        line,
        text,
        candidates: candidateIds.map((id) => ({ ...named(id), path: byId.get(id)?.path ?? "" })),
      })),
      noRoom: fresh.slice(room).map(at),
    };
  });
}
