import { asTeam } from "@/lib/auth/context";
import { applyLimits } from "@/lib/credits/apply-limits";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { makeTeam } from "@/lib/testing/factories";
import { inexact, readFacts } from "./facts";
import { judge } from "./judge";
import { runCells } from "./matrix";
import type { Done } from "./processes";
import { STAGES } from "./proxy";
import { type Cell, type Given, newCell, runGroup, type Story } from "./run";
import { SHAPES, type Shape } from "./shapes";
import { HOLD_CLASS, type Site } from "./site";

// Pieces of the matrix, and of the tests of limits and equal questions, small enough to be run once for each plant.

export type Trial =
  | "undisturbed"
  | "no answer in time"
  | "cut in mid-body"
  | "killed around the call"
  | "cut at the ledger"
  | "rush"
  | "rush of schedules"
  | "month end";

const shapeOf = (name: string): Shape => {
  const shape = SHAPES.find((one) => one.name === name);
  if (!shape) throw new Error(`There is no shape ${name}`);
  return shape;
};

/** @returns what is wrong; nothing on an exact ledger. */
export async function runTrial(site: Site, trial: Trial, given: Given): Promise<string[]> {
  switch (trial) {
    case "undisturbed":
      return walk(site, shapeOf("plain"), given);
    case "no answer in time":
    case "cut in mid-body":
      return walk(site, shapeOf(trial), given);
    case "killed around the call":
      return killedAroundTheCall(site, given);
    case "cut at the ledger":
      return cutAtTheLedger(site, given);
    case "rush":
      return rush(site);
    case "rush of schedules":
      return rushOf(site, { limit: 10, regionOf: (region) => region, byShare: true });
    case "month end":
      return monthEnd(site);
  }
}

async function walk(site: Site, shape: Shape, given: Given): Promise<string[]> {
  const stories = await runGroup(site, [{ shape, place: null, fault: null }], given);
  return judge(site, stories, [], given);
}

async function killedAroundTheCall(site: Site, given: Given): Promise<string[]> {
  const shape = shapeOf("plain");
  const census = await runGroup(site, [{ shape, place: null, fault: null }], given);
  const cells = (census[0]?.trail ?? [])
    .filter((hit) => /^lib\/(insights\/send-request|keyapi\/client)\.ts/.test(hit))
    .map((hit): Cell => ({ shape, place: { hit }, fault: "kill the app" }));
  return judge(site, [...census, ...(await runCells(site, cells, given))], census, given);
}

async function cutAtTheLedger(site: Site, given: Given): Promise<string[]> {
  const shape = shapeOf("plain");
  const census: Story[] = await runGroup(site, [{ shape, place: null, fault: null }], given);
  const cells = site.bundle.statements.flatMap((statement) =>
    STAGES.map((stage): Cell => ({ shape, place: { statement, stage }, fault: "cut its connection" })),
  );
  return judge(site, [...census, ...(await runCells(site, cells, given))], census, given);
}

const REGIONS = "US GB DE FR IT ES NL PL SE NO DK FI AT BE CH CZ GR HU IE PT".split(" ");

/** Two processes at once: 20 different questions of a member who may buy five, and 20 equal ones. */
async function rush(site: Site): Promise<string[]> {
  const over = await rushOf(site, { limit: 10, regionOf: (region) => region });
  // Where limits fail already, equal questions may take each other's place and wait for a lease to run out.
  return over.length > 0 ? over : rushOf(site, { limit: 2, regionOf: () => "US" });
}

type Rush = { limit: number; regionOf: (region: string) => string; byShare?: boolean };

async function rushOf(site: Site, { limit, regionOf, byShare = false }: Rush) {
  const names = [newCell(), newCell()];
  const buyers = await Promise.all(names.map((name) => site.buyer(name)));
  const one = { cell: newCell(), team: await makeTeam() };
  const [teamId, lock] = [one.team.team.id, Number(one.cell.slice(1))];
  const ask = (region: string, index: number) => {
    const input = { region: regionOf(region), window: "7", q: `broken ${one.cell}`, maxAgeMinutes: 10_000 };
    const order = { kind: "ask" as const, cell: newCell(), team: one.team, input, idempotencyKey: null };
    return buyers[index % buyers.length]?.ask({ ...order, byShare, stops: [] });
  };
  const payer = byShare ? (["schedules", teamId] as const) : (["member", one.team.member.id] as const);
  await asTeam(teamId, (tx) => applyLimits(tx, teamId, [{ scope: payer[0], subjectId: payer[1], credits: 10 }]));
  // One at first, so that flight and counters are there: from then on, only locks keep the others apart.
  await ask("US", 0);
  const holder = await site.session();
  await holder.query("insert into crash_hold values ($1, 1, $2)", [teamId, lock]);
  await holder.query("select pg_advisory_lock($1, $2)", [HOLD_CLASS, lock]);
  const asks = REGIONS.map(ask);
  // One waits with its commit for us, and the others, who may have looked already, for it.
  await waitingForLocks(site, names, asks.length);
  await holder.end();
  await Promise.all(asks);
  await Promise.all(buyers.map((buyer) => buyer.stop()));
  await site.expire([teamId]);

  const facts = [...(await readFacts(site, [one])).values()];
  const cost = facts.flatMap(({ calls }) => calls).reduce((sum, call) => sum + call.cost, 0);
  const check = await verifyLedger({ teamId });
  return [
    ...facts.flatMap((fact) => inexact(fact)),
    ...(cost > limit ? [`${asks.length} asks cost ${cost}, not ${limit}`] : []),
    ...check.problems.map(({ subject, problem }) => `${subject} ${problem}`),
  ];
}

async function waitingForLocks(site: Site, buyers: string[], count: number) {
  for (;;) {
    const rows = await site.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and application_name = any($1)",
      [buyers],
    );
    if (rows.length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const DAYS_40_SECONDS = 40 * 86_400;

/** A request is reserved in one month and settled in the next, in which others have spent already. */
async function monthEnd(site: Site): Promise<string[]> {
  const buyer = await site.buyer(newCell());
  const one = { cell: newCell(), team: await makeTeam() };
  const sent = site.bundle.points.find(({ text }) => text.includes("await callUpstream("))?.id;
  const order = (region: string, stops: string[]) => {
    const input = { region, window: "7", q: `full ${one.cell}`, maxAgeMinutes: 0 };
    return { kind: "ask", cell: newCell(), team: one.team, input, idempotencyKey: null, stops } as const;
  };
  const first = order("US", [`${sent} after 1`]);
  let done: Promise<Done | null> = Promise.resolve(null);
  await new Promise<void>((held) => {
    done = buyer.ask(first, () => held());
  });
  await site.query("update app_clock set offset_seconds = $1", [DAYS_40_SECONDS]);
  await buyer.ask(order("GB", []));
  buyer.go(first.cell);
  const told = (await done)?.told;
  await site.query("update app_clock set offset_seconds = 0");
  await buyer.stop();
  await site.expire([one.team.team.id]);
  const facts = [...(await readFacts(site, [one])).values()];
  const check = await verifyLedger({ teamId: one.team.team.id });
  return [
    ...(told && "source" in told ? [] : [`was paid for, and its caller was told ${JSON.stringify(told)}`]),
    ...facts.flatMap((fact) => inexact(fact)),
    ...check.problems.map(({ subject, problem }) => `${subject} ${problem}`),
  ];
}
