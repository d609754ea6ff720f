import { signedIn } from "@/lib/testing/api-call";
import { historyCategory } from "@/lib/testing/synthetic-history";
import { startApp } from "./runner/app";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn } from "./runner/measure";
import { makeHistoryTeam } from "./runner/teams";

export const name = "category";

const ROUNDS = 15;

/**
 * The page of a category with 90 days of its course and all its peers, over a year of daily rankings of 500 categories in
 * three regions, against an empty page of the same application: over HTTP, signed in, in turn.
 */
export async function run(bench: BenchContext): Promise<{ ratios: Ratio[] }> {
  const { superuserPool, say } = bench;
  const { team, member } = await makeHistoryTeam(superuserPool);
  const cookie = await signedIn(member.userId);
  const app = await startApp(bench);
  const path = `/t/${team.slug}/categories/${historyCategory(1)}?region=US&window=7`;
  try {
    const both = await inTurn(
      ROUNDS,
      () => app.page(cookie, path, /class="tile"/),
      () => app.page(cookie, `/t/${team.slug}/notifications`, /<h1/),
    );
    say(`a category: ${both.ours.toFixed(0)} ms, an empty page: ${both.bare.toFixed(0)} ms`);
    return { ratios: [{ name: "a category / an empty page", ratio: both.ratio, target: 2, better: "lower" }] };
  } finally {
    await app.stop();
  }
}
