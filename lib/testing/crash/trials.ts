import { setLimit } from "@/lib/credits/set-limit";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { makeTeam } from "@/lib/testing/factories";
import { inexact, readFacts } from "./facts";
import { judge } from "./judge";
import { runCells } from "./matrix";
import type { Done } from "./processes";
import { STAGES } from "./proxy";
import { type Cell, type Given, newCell, runGroup, type Story } from "./run";
import { SHAPES, type Shape } from "./shapes";
import type { Site } from "./site";

// Pieces of the matrix, and of the tests of limits and equal questions, small enough to be run once for each plant.

export type Trial =
  | "undisturbed"
  | "no answer in time"
  | "cut in mid-body"
  | "killed around the call"
  | "cut at the ledger"
  | "rush"
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

/** Two processes at once: 20 equal questions, and 20 different ones of a member who may buy five. */
async function rush(site: Site): Promise<string[]> {
  const buyers = await Promise.all([site.buyer(newCell()), site.buyer(newCell())]);
  const [equal, limited] = [
    { cell: newCell(), team: await makeTeam() },
    { cell: newCell(), team: await makeTeam() },
  ];
  await setLimit({ teamId: limited.team.team.id, memberId: limited.team.member.id, credits: 10 });
  // Rows that are about to be committed stay so for a moment.
  await site.query("insert into crash_hold values ($1, 1, 0), ($2, 1, 0)", [equal.team.team.id, limited.team.team.id]);
  const ask = ({ cell, team }: typeof equal, index: number, script: string, region: string) => {
    const input = { region, window: "7", q: `${script} ${cell}`, maxAgeMinutes: 10_000 };
    return buyers[index % 2]?.ask({ kind: "ask", cell: newCell(), team, input, idempotencyKey: null, stops: [] });
  };
  const regions = [
    "US",
    "GB",
    "DE",
    "FR",
    "IT",
    "ES",
    "NL",
    "PL",
    "SE",
    "NO",
    "DK",
    "FI",
    "AT",
    "BE",
    "CH",
    "CZ",
    "GR",
    "HU",
    "IE",
    "PT",
  ];
  // One at first, so that flight and counters are there: from then on, only locks keep the others apart.
  for (const one of [equal, limited]) await ask(one, 0, "broken", "US");
  const asks = regions.flatMap((region, index) => [
    ask(equal, index, "broken", "US"),
    ask(limited, index, "broken", region),
  ]);
  await Promise.all(asks);
  await Promise.all(buyers.map((buyer) => buyer.stop()));
  await site.expire([equal.team.team.id, limited.team.team.id]);

  const facts = await readFacts(site, [equal, limited]);
  const lines = [...facts.values()].flatMap((one) => inexact(one));
  const cost = (cell: string) => (facts.get(cell)?.calls ?? []).reduce((sum, call) => sum + call.cost, 0);
  if (cost(equal.cell) > 2) lines.push(`equal questions cost ${cost(equal.cell)}`);
  if (cost(limited.cell) > 10) lines.push(`a limit of 10 let ${cost(limited.cell)} through`);
  for (const { team } of [equal, limited]) {
    lines.push(
      ...(await verifyLedger({ teamId: team.team.id })).problems.map(({ subject, problem }) => `${subject} ${problem}`),
    );
  }
  return lines;
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
