import { signedIn } from "@/lib/testing/api-call";
import { makeTeam } from "@/lib/testing/factories";
import { fillHistory, historyCategory } from "@/lib/testing/synthetic-history";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { createWatchlistSchema } from "@/lib/tracking/schemas";
import { startApp } from "./runner/app";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn } from "./runner/measure";

export const name = "watchlist";

const SHAPE = { categories: 500, regions: ["US", "GB", "DE"], days: 365, window: "7" };
const ITEMS = 100;
const ROUNDS = 15;

/**
 * The page of a watchlist of 100 items with their courses, over a year of daily rankings of 500 categories in three
 * regions, against an empty page of the same application: over HTTP, signed in, in turn.
 */
export async function run(bench: BenchContext): Promise<{ ratios: Ratio[] }> {
  const { superuserPool, say } = bench;
  const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
  const start = performance.now();
  await fillHistory(superuserPool, ctx, SHAPE);
  say(
    `${SHAPE.categories} categories × ${SHAPE.regions.length} regions × ${SHAPE.days} days made in ${Math.round((performance.now() - start) / 1000)} s`,
  );
  const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Hundred" }));
  await superuserPool.query(
    `insert into watch_item (team_id, id, watchlist_id, category_id, region, place, added_by_id, added_at)
     select $1, gen_random_uuid(), $2, ($3::int + n)::text, ($4::text[])[n % 3 + 1], n, $5, now()
     from generate_series(1, $6::int) n`,
    [ctx.team.id, list.id, Number(historyCategory(0)), SHAPE.regions, ctx.member.id, ITEMS],
  );
  await superuserPool.query("vacuum analyze watch_item");
  const cookie = await signedIn(ctx.member.userId);
  const app = await startApp(bench);
  try {
    const both = await inTurn(
      ROUNDS,
      () => app.page(cookie, `/t/${ctx.team.slug}/watchlists/${list.id}`, /<svg[^>]+class="spark"/),
      () => app.page(cookie, `/t/${ctx.team.slug}/notifications`, /<h1/),
    );
    say(`the list: ${both.ours.toFixed(0)} ms, an empty page: ${both.bare.toFixed(0)} ms`);
    return {
      ratios: [
        { name: "watchlist of 100 with courses / an empty page", ratio: both.ratio, target: 2.5, better: "lower" },
      ],
    };
  } finally {
    await app.stop();
  }
}
