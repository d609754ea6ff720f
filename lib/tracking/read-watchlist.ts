import "server-only";
import { type TeamContext, withTeamAlone } from "@/lib/auth/context";
import { fetchWalls, heldBetween, isAcross, type Wall, wallsOf, withoutHeld } from "@/lib/insights/breaks";
import { METRICS, type Metric } from "@/lib/insights/schemas";
import { type ViewSpans, viewSpans } from "./view-spans";
import type { Figures, WatchView, WatchViewInput, WatchViewItem } from "./watch-view";
import { type WatchViewRow, watchViewQuery } from "./watch-view-query";
import { fetchWatchlist } from "./watchlist-rows";

/**
 * A page of a watchlist as its table shows it: current figures with their receipt, the same figures one window and four
 * windows back, a series by days of the team's time zone, and the last known market rank. Each is a look-up of the
 * ranking rows' index, all in one statement. @throws `not_found`, also for somebody else's private list
 */
export async function readWatchlist(ctx: TeamContext, id: string, input: WatchViewInput): Promise<WatchView> {
  return withTeamAlone(ctx, "tracking:read", async (tx) => {
    const list = await fetchWatchlist(tx, ctx, id);
    const window = input.window ?? list.window;
    const [tag, spans] = [input.tag || null, viewSpans(window)];
    const rows = await tx.$queryRaw<WatchViewRow[]>(watchViewQuery({ ...input, team: ctx.team, id, tag, spans }));
    const walls = await fetchWalls(tx, ctx.team);
    return {
      list,
      window,
      tags: rows[0]?.all_tags ?? [],
      tag,
      page: input.page,
      total: rows[0]?.total ?? 0,
      items: rows.flatMap((row) =>
        row.id === null ? [] : [toItem({ ...row, id: row.id }, spans, input.figures, walls)],
      ),
    };
  });
}

const toFigures = (values: readonly (number | null)[] | null): Figures =>
  Object.fromEntries(METRICS.map((metric, index) => [metric, values?.[index] ?? null])) as Figures;

function toItem(
  row: WatchViewRow & { id: string },
  spans: ViewSpans,
  figures: readonly Metric[],
  walls: readonly Wall[],
): WatchViewItem {
  const place = { region: row.region, window: spans.window };
  const now = row.fetched_at?.toISOString() ?? "";
  const between = new Map(figures.map((metric) => [metric, wallsOf(walls, place, metric)]));
  const isApart = (metric: Metric, at: string) => {
    const walls = between.get(metric) ?? [];
    return walls.length > 0 && isAcross(walls, Date.parse(at), Date.parse(now));
  };
  return {
    id: row.id,
    categoryId: row.category_id,
    region: row.region as WatchViewItem["region"],
    note: row.note,
    tags: row.tags,
    color: row.color as WatchViewItem["color"],
    place: row.place,
    version: row.version,
    addedBy: row.added_by,
    addedAt: row.added_at.toISOString(),
    name: row.own_name ?? row.provider_name,
    providerName: row.own_name === null ? null : row.provider_name,
    path: row.path,
    current:
      row.fetched_at && row.request_id
        ? {
            fetchedAt: row.fetched_at.toISOString(),
            receiptId: row.request_id,
            place: row.row_place ?? 1,
            figures: toFigures(row.figures),
          }
        : null,
    before: (row.before ?? []).flatMap((one, index) => {
      const windows = spans.before[index]?.windows;
      if (!one || windows === undefined) return [];
      const fetchedAt = new Date(one.at).toISOString();
      const held = heldBetween(walls, place, fetchedAt, now);
      return [
        {
          windows,
          fetchedAt,
          figures: withoutHeld(toFigures(one.figures), held),
          held: METRICS.filter((metric) => held.has(metric)),
        },
      ];
    }),
    series: (row.series ?? []).map(([x, at, values]) => ({
      x,
      values: Object.fromEntries(
        figures.map((metric, index) => [metric, isApart(metric, at) ? null : (values[index] ?? null)]),
      ),
    })),
    lastRank: row.rank !== null && row.ranked_at ? { rank: row.rank, fetchedAt: row.ranked_at.toISOString() } : null,
  };
}
