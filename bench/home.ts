import { signedIn } from "@/lib/testing/api-call";
import { startApp } from "./runner/app";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn, type Turns } from "./runner/measure";
import { HISTORY, joinTeams, makeHistoryTeam, TEAMS } from "./runner/teams";

export const name = "home";

const ROUNDS = 15;

/**
 * What moved, over a year of daily rankings of 500 categories in three regions, against an empty page of the same
 * application; then with 20 such teams, for a member of one of them and for a member of all: over HTTP, signed in, in turn.
 */
export async function run(bench: BenchContext): Promise<{ ratios: Ratio[] }> {
  const { superuserPool, say } = bench;
  const first = await makeHistoryTeam(superuserPool);
  const cookie = await signedIn(first.member.userId);
  const app = await startApp(bench);
  const home = (who: string) => app.page(who, `/t/${first.team.slug}`, /<ol/);
  const empty = () => app.page(cookie, `/t/${first.team.slug}/notifications`, /<h1/);
  const tell = (what: string, { ours, bare }: Turns) => say(`${what}: ${ours.toFixed(0)} ms, ${bare.toFixed(0)} ms`);
  try {
    const alone = await inTurn(ROUNDS, () => home(cookie), empty);
    tell("home of one team, an empty page", alone);
    const member = await joinTeams(superuserPool, first, TEAMS - 1);
    say(
      `${TEAMS} teams of ${HISTORY.categories} categories × ${HISTORY.regions.length} regions × ${HISTORY.days} days`,
    );
    const many = await signedIn(member.member.userId);
    const among = await inTurn(ROUNDS, () => home(cookie), empty);
    tell(`home among ${TEAMS} teams, an empty page`, among);
    const both = await inTurn(
      ROUNDS,
      () => home(many),
      () => home(cookie),
    );
    tell(`home of a member of ${TEAMS}, of a member of one`, both);
    return {
      ratios: [
        { name: "home / an empty page", ratio: among.ratio, target: 2.5, better: "lower" },
        { name: `home, ${TEAMS} teams / one`, ratio: among.ratio / alone.ratio, target: 1.2, better: "lower" },
        { name: `home, a member of ${TEAMS} teams / of one`, ratio: both.ratio, target: 1.2, better: "lower" },
      ],
    };
  } finally {
    await app.stop();
  }
}
