import { randomUUID } from "node:crypto";
import type { TeamContext } from "@/lib/auth/context";
import { claim } from "@/lib/credits/ledger";
import { questionKey } from "@/lib/insights/question";
import { questionSchema } from "@/lib/insights/schemas";
import { ledgerPool } from "@/lib/platform/db";
import { makeTeam } from "@/lib/testing/factories";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn, perSecond } from "./runner/measure";

export const name = "claims";

const TEAMS = 100;
/** As many as the ledger has connections. */
const CALLERS = 10;
const ROUND_MS = 2_000;
const ROUNDS = 7;

/**
 * Claims a second, each of a new question and with a limit on the team, against the least that holds a limit at all:
 * one conditional UPDATE of a counter, on the same connections and from as many callers.
 */
export async function run({ superuserPool, appRole, say }: BenchContext): Promise<{ ratios: Ratio[] }> {
  const teams: TeamContext[] = [];
  for (let made = 0; made < TEAMS; made++) teams.push(await makeTeam());
  await superuserPool.query(`
    insert into credit_limit (team_id, scope, subject_id, credits) select id, 'team', id, 1000000000 from team;
    create table bare_counter (team_id uuid primary key, "limit" int not null, spent int not null, held int not null);
    insert into bare_counter select id, 1000000000, 0, 0 from team;
    grant select, update on bare_counter to ${appRole};
  `);

  const measure = async (among: TeamContext[], title: string) => {
    let turn = 0;
    const next = () => among[turn++ % among.length] as TeamContext;
    const { ratio, ours, bare } = await inTurn(
      ROUNDS,
      () => perSecond(() => claimOne(next()), CALLERS, ROUND_MS),
      () => perSecond(() => updateOne(next()), CALLERS, ROUND_MS),
    );
    say(`${title}: ${Math.round(ours)} claims a second, ${Math.round(bare)} bare updates`);
    return ratio;
  };
  const hot = await measure(teams.slice(0, 1), "one hot team");
  const spread = await measure(teams, `${TEAMS} teams`);
  return {
    ratios: [
      { name: "claims on one hot team / bare conditional UPDATE", ratio: hot, target: 0.4, better: "higher" },
      { name: `claims over ${TEAMS} teams / bare conditional UPDATE`, ratio: spread, target: 0.2, better: "higher" },
    ],
  };
}

async function claimOne(ctx: TeamContext): Promise<void> {
  const id = randomUUID();
  const question = questionSchema.parse({ region: "US", window: "7", q: id });
  const claimed = await claim(ctx.team.id, id, {
    ...question,
    upstream: "sandbox",
    endpoint: "insights_products",
    categoryId: null,
    q: id,
    questionKey: questionKey("sandbox", question),
    memberId: ctx.member.id,
    tokenId: null,
    purpose: "explore",
    inputHash: id,
    priceCredits: 2,
    maxAgeMs: 0,
    waitedMs: 0,
    leaseMs: 60_000,
    nonce: randomUUID(),
  });
  if (claimed.result !== "claimed") throw new Error(`A claim ended as ${claimed.result}`);
}

async function updateOne(ctx: TeamContext): Promise<void> {
  const { rowCount } = await ledgerPool().query(
    `update bare_counter set held = held + 2 where team_id = $1::uuid and spent + held + 2 <= "limit"`,
    [ctx.team.id],
  );
  if (rowCount !== 1) throw new Error("The bare counter did not grant");
}
