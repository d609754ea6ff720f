import { signedIn } from "@/lib/testing/api-call";
import { historyCategory } from "@/lib/testing/synthetic-history";
import { startApp } from "./runner/app";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn, type Turns } from "./runner/measure";
import { HISTORY, joinTeams, makeHistoryTeam, TEAMS } from "./runner/teams";

export const name = "views";

const ROUNDS = 15;

/**
 * A category's page (90 days of its course, and all its peers) and home (what moved), over a year of daily rankings of 500
 * categories in three regions, against an empty page of the same application; then with 20 such teams, for a member of
 * one of them and for a member of all: over HTTP, signed in, in turn.
 */
export async function run(bench: BenchContext): Promise<{ ratios: Ratio[] }> {
  const { superuserPool, say } = bench;
  const first = await makeHistoryTeam(superuserPool);
  const cookie = await signedIn(first.member.userId);
  const app = await startApp(bench);
  const { slug } = first.team;
  const pages = {
    "a category": (who: string) =>
      app.page(who, `/t/${slug}/categories/${historyCategory(1)}?region=US&window=${HISTORY.window}`, /class="tile"/),
    home: (who: string) => app.page(who, `/t/${slug}`, /<ol/),
  };
  const empty = () => app.page(cookie, `/t/${slug}/notifications`, /<h1/);
  const tell = (what: string, { ours, bare }: Turns) => say(`${what}: ${ours.toFixed(0)} ms, ${bare.toFixed(0)} ms`);
  const against = async (what: keyof typeof pages, how: string) => {
    const turns = await inTurn(ROUNDS, () => pages[what](cookie), empty);
    tell(`${what} ${how}, an empty page`, turns);
    return turns;
  };
  try {
    const alone = { category: await against("a category", "of one team"), home: await against("home", "of one team") };
    const member = await joinTeams(superuserPool, first, TEAMS - 1);
    say(
      `${TEAMS} teams of ${HISTORY.categories} categories × ${HISTORY.regions.length} regions × ${HISTORY.days} days`,
    );
    const many = await signedIn(member.member.userId);
    const among = {
      category: await against("a category", `among ${TEAMS} teams`),
      home: await against("home", `among ${TEAMS} teams`),
    };
    const both = await inTurn(
      ROUNDS,
      () => pages.home(many),
      () => pages.home(cookie),
    );
    tell(`home of a member of ${TEAMS}, of a member of one`, both);
    const lower = (name: string, ratio: number, target: number) => ({ name, ratio, target, better: "lower" as const });
    return {
      ratios: [
        lower("a category / an empty page", among.category.ratio, 2),
        lower(`a category, ${TEAMS} teams / one`, among.category.ratio / alone.category.ratio, 1.2),
        lower("home / an empty page", among.home.ratio, 2.5),
        lower(`home, ${TEAMS} teams / one`, among.home.ratio / alone.home.ratio, 1.2),
        lower(`home, a member of ${TEAMS} teams / of one`, both.ratio, 1.2),
      ],
    };
  } finally {
    await app.stop();
  }
}
