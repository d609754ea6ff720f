import { countUnsettled } from "@/lib/credits/count-unsettled";
import { readBalanceNow } from "@/lib/credits/read-balance-now";
import { readEntries } from "@/lib/credits/read-entries";
import { readLog } from "@/lib/credits/read-log";
import { readUsage } from "@/lib/credits/read-usage";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { type Statement, statementsOf } from "@/lib/testing/sent-statements";
import { fillLedger } from "@/lib/testing/synthetic-ledger";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn } from "./runner/measure";

export const name = "usage";

const REQUESTS = 1_000_000;
const DAYS = 400;
const MEMBERS = 8;
const ROUNDS = 7;

async function elapsedMs(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/**
 * What the usage page reads of a ledger of 1,000,000 requests, all at once as the page does, against the very same
 * statements sent by `pg` alone, by a role that no policy holds, without a transaction and without a DTO.
 */
export async function run({ superuserPool, say }: BenchContext): Promise<{ ratios: Ratio[] }> {
  const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
  const memberIds = [ctx.member.id];
  while (memberIds.length < MEMBERS) memberIds.push((await makeMember(ctx, "analyst")).member.id);
  const filling = await elapsedMs(() =>
    fillLedger(superuserPool, ctx, { requests: REQUESTS, days: DAYS, memberIds, hashed: false }),
  );
  say(`${REQUESTS.toLocaleString("en")} requests over ${DAYS} days made in ${Math.round(filling / 1000)} s`);

  const from = new Date(Date.now() - DAYS * 86_400_000).toISOString().slice(0, 10);
  let deep: string | undefined;
  for (let batches = 0; batches < 30; batches++) {
    const { nextCursor } = await readEntries(ctx, { cursor: deep }, 1_000);
    deep = nextCursor ?? undefined;
  }

  const groups = ["member", "purpose", "search", "region", "token"] as const;
  const readers: Record<string, () => Promise<unknown>> = {
    "the running period": () => readUsage(ctx, { by: "member" }),
    ...Object.fromEntries(groups.map((by) => [`all days by ${by}`, () => readUsage(ctx, { by, from })])),
    "the newest requests": () => readLog(ctx, { free: false }),
    "the newest requests and free answers": () => readLog(ctx, { free: true }),
    "requests far down": () => readLog(ctx, { free: false, cursor: deep }),
    "the requests of one member": () => readLog(ctx, { free: false, member: memberIds[MEMBERS - 1] }),
    "what is to be confirmed": () => countUnsettled(ctx),
    "the stated balance": () => readBalanceNow(ctx),
  };
  const bare = async (statements: Statement[]) => {
    for (const { text, values } of statements) await superuserPool.query(text, values);
  };
  for (const [title, read] of Object.entries(readers)) {
    const statements = await statementsOf(read);
    const both = await inTurn(
      3,
      () => elapsedMs(read),
      () => elapsedMs(() => bare(statements)),
    );
    say(`${title}: ${both.ours.toFixed(1)} ms, bare ${both.bare.toFixed(1)} ms`);
  }
  // What one look at the page reads at once.
  const pageReaders = [
    () => readUsage(ctx, { by: "member", from }),
    () => readLog(ctx, { free: false, from }),
    () => countUnsettled(ctx),
    () => readBalanceNow(ctx),
  ];
  const pageStatements: Statement[][] = [];
  for (const read of pageReaders) pageStatements.push(await statementsOf(read));
  const page = await inTurn(
    ROUNDS,
    () => elapsedMs(() => Promise.all(pageReaders.map((read) => read()))),
    () => elapsedMs(() => Promise.all(pageStatements.map(bare))),
  );
  say(`the page over all days: ${page.ours.toFixed(0)} ms, bare ${page.bare.toFixed(0)} ms`);
  const title = `usage page over ${REQUESTS.toLocaleString("en")} entries / the same SQL bare`;
  return { ratios: [{ name: title, ratio: page.ratio, target: 2, better: "lower" }] };
}
