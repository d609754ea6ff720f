import type { TeamContext } from "@/lib/auth/context";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { namedUuid } from "@/lib/platform/crypto";
import { makeTeam } from "@/lib/testing/factories";
import type { Told } from "./buyer";
import { inexact, readFacts } from "./facts";
import type { Buyer } from "./processes";
import { type Fault, type Given, inParallel, newCell, type Story } from "./run";
import type { Site } from "./site";

/** One ask of a seed; the first half of them is made by the process that the fault strikes. */
type Try = {
  victim: boolean;
  input: { region: string; window: string; q: string; maxAgeMinutes: number };
  idempotencyKey: string | null;
  /** Where it is held when the fault strikes. */
  place: string | null;
  /** For a schedule that the team's share pays for. */
  byShare: boolean;
};
export type Plan = { seed: number; fault: Fault; tries: Try[] };

const FAULTS: readonly Fault[] = ["kill the app", "kill the app", "end its connections", "stop PostgreSQL"];
const SCRIPTS = ["full", "full", "full", "after", "mid", "broken", "limited", "after.mid", "mid.broken"];

/** What a seed means: several buyers in two processes, equal and different questions, one fault at random points. */
export function planOf(seed: number, hits: readonly string[]): Plan {
  const random = randomOf(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const questions = Array.from(
    { length: 1 + Math.floor(random() * 3) },
    (_, index) => `${pick(SCRIPTS)} s${seed}.${index}`,
  );
  const tries = Array.from({ length: 3 + Math.floor(random() * 6) }, (_, index): Try => {
    const q = pick(questions);
    const maxAgeMinutes = pick([0, 10_000]);
    return {
      victim: index % 2 === 0,
      input: { region: "US", window: "7", q, maxAgeMinutes },
      // Few names: some asks are the same ask from two processes at once.
      idempotencyKey: random() < 0.5 ? `${q} ${maxAgeMinutes} ${pick([1, 2])}` : null,
      place: index % 2 === 0 && random() < 0.8 ? pick(hits) : null,
      byShare: random() < 0.3,
    };
  });
  return { seed, fault: pick(FAULTS), tries };
}

/** Runs plans with one fault between two processes. @returns what is wrong, each line with its seed. */
export async function runPlans(site: Site, plans: Plan[], given: Given): Promise<string[]> {
  const fault = plans[0]?.fault;
  const victimName = newCell();
  const victim = await site.buyer(victimName);
  const waits = site.bundle.points
    .filter(({ text }) => text.includes("awaitRequest("))
    .map(({ id }) => `${id} before 1`);
  const owners = await inParallel(plans, async (plan) => ({ plan, cell: `s${plan.seed}`, team: await makeTeam() }));
  const all = owners.flatMap(({ plan, team }) =>
    plan.tries.map((one) => ({ one, team, plan, cell: newCell(), told: null as Told | null })),
  );
  const teams = owners.map(({ team }) => team.team.id);

  const ends: Promise<void>[] = [];
  let left = all.length;
  // Settled: held at its place, ended, or waiting for another's answer. Then nothing moves, and the fault may strike.
  await Promise.all(
    all.map((entry) => {
      const { one, team, cell } = entry;
      const buyer: Buyer = one.victim ? victim : given.helper;
      return new Promise<void>((settled) => {
        const stops = [...waits, ...(one.place ? [one.place] : [])];
        const { input, idempotencyKey, byShare } = one;
        const order = { kind: "ask", cell, team, input, idempotencyKey, byShare, stops } as const;
        const end = buyer.ask(order, (at) => {
          settled();
          if (at !== one.place) buyer.go(cell);
        });
        ends.push(
          end.then((done) => {
            entry.told = done?.told ?? null;
            left -= 1;
            settled();
          }),
        );
      });
    }),
  );
  if (fault === "kill the app") await victim.kill();
  if (fault === "end its connections") await site.terminate(victimName);
  if (fault === "stop PostgreSQL") await given.stop();
  for (const { one, cell } of all) if (one.victim) victim.go(cell);
  if (fault === "kill the app") await site.forgotten(victimName);
  // Who waits for a dead buyer's answer is told when its lease ends.
  while (left > 0) {
    await site.expire(teams);
    await Promise.race([Promise.all(ends), new Promise((resolve) => setTimeout(resolve, 250))]);
  }
  await victim.stop();
  await site.expire(teams);

  const findings: string[] = [];
  const struck = await readFacts(site, owners);
  for (const { one } of all) site.upstream.open(one.input.q.split(" ")[1] ?? "");
  const keyed = all.filter(({ one }) => one.idempotencyKey !== null);
  const servedBefore = new Set([...struck.values()].flatMap(({ served }) => served));
  const known = keyed.filter(({ one, team }) => servedBefore.has(idOf(team, one.idempotencyKey)));
  await inParallel(known, ({ one, team, cell }) =>
    given.helper.ask({ kind: "ask", cell, team, input: one.input, idempotencyKey: one.idempotencyKey, stops: [] }),
  );
  const retried = await readFacts(site, owners);
  for (const { cell, plan, team } of owners) {
    const say = (line: string) => findings.push(`CRASH_SEED=${plan.seed} (${plan.fault}): ${line}`);
    const [first, second] = [struck.get(cell), retried.get(cell)];
    if (!first || !second) continue;
    for (const line of [...inexact(first), ...inexact(second)]) say(line);
    if (first.calls.length !== second.calls.length) say("the same asks again were bought");
    const told = all.filter((entry) => entry.team === team).reduce((sum, entry) => sum + spent(entry.told), 0);
    const charged = first.requests
      .filter(({ state }) => state === "charged")
      .reduce((sum, { price }) => sum + price, 0);
    const names = new Set(
      all.filter((entry) => entry.team === team).map(({ one, cell }) => one.idempotencyKey ?? cell),
    );
    if (told > charged && names.size === plan.tries.length)
      say(`buyers were told of ${told} credits, ${charged} are charged`);
    if (first.requests.length > names.size) say(`${names.size} asks made ${first.requests.length} requests`);
    const check = await verifyLedger({ teamId: team.team.id });
    for (const { subject, problem } of check.problems) say(`${subject} ${problem}`);
  }
  return findings;
}

const idOf = (ctx: TeamContext, key: string | null) => namedUuid(ctx.team.id, ctx.member.id, "", key ?? "");
const spent = (told: Told | null) => (told && "source" in told ? told.creditsSpent : 0);

/** Every hit that some way has: where a seed may hold its asks. */
export const hitsOf = (census: Story[]): string[] => [...new Set(census.flatMap(({ trail }) => trail))].sort();

/** mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
