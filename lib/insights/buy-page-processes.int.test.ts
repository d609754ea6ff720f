import { expect, test } from "vitest";
import { setLimit } from "@/lib/credits/set-limit";
import { sweepOrphans } from "@/lib/credits/sweep-orphans";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { runtime } from "@/lib/platform/runtime";
import { makeTeam } from "@/lib/testing/factories";
import { answerOnceAllAsked, purchases } from "@/lib/testing/purchases";
import { fullPage } from "@/lib/testing/scripted-upstream";
import { startBuyer } from "@/lib/testing/start-buyer";

const given = purchases();

test("1,000 equal questions at once over two processes make one purchase and one result for all", {
  timeout: 60_000,
}, async () => {
  const ctx = await makeTeam();
  const buyers = await Promise.all([startBuyer(), startBuyer()]);
  answerOnceAllAsked(given, ctx, 1_000, fullPage);
  const asks = Array.from({ length: 500 }, () => ({ region: "US", window: "7", maxAgeMinutes: 0 }));
  const reports = await Promise.all(buyers.map((buyer) => buyer.order({ runtime: runtime(), team: ctx, asks })));
  await Promise.all(buyers.map((buyer) => buyer.stop()));

  expect(given.upstream.seen).toHaveLength(1);
  expect(reports.map(({ errors }) => errors)).toEqual([{}, {}]);
  expect(new Set(reports.flatMap(({ snapshots }) => snapshots)).size).toBe(1);
  expect(reports.reduce((sum, { creditsSpent }) => sum + creditsSpent, 0)).toBe(2);
  const check = await verifyLedger({ teamId: ctx.team.id });
  expect(check).toMatchObject({ problems: [], requests: 1, charged: 2 });
});

test("two processes asking different questions never overstep a limit, and use all of it", async () => {
  const ctx = await makeTeam();
  await setLimit({ teamId: ctx.team.id, memberId: null, credits: 41 });
  const buyers = await Promise.all([startBuyer(), startBuyer()]);
  const asks = Array.from({ length: 60 }, (_, index) => ({
    region: "US",
    window: "7",
    q: `word ${index}`,
    maxAgeMinutes: 0,
  }));
  const reports = await Promise.all(buyers.map((buyer) => buyer.order({ runtime: runtime(), team: ctx, asks })));
  await Promise.all(buyers.map((buyer) => buyer.stop()));

  expect(given.upstream.seen).toHaveLength(20);
  expect(reports.reduce((sum, { creditsSpent }) => sum + creditsSpent, 0)).toBe(40);
  const errors = new Set(reports.flatMap(({ errors }) => Object.keys(errors)));
  expect(errors).toEqual(new Set(["team_limit_reached"]));
  expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({ problems: [], charged: 40 });
});

test("a killed buyer's request becomes unsettled when its lease ends, and is never lost", async () => {
  const ctx = await makeTeam();
  const arrived = new Promise<void>((resolve) => given.upstream.answer(() => resolve()));
  const buyer = await startBuyer();
  const order = buyer.order({ runtime: runtime(), team: ctx, asks: [{ region: "US", window: "7" }] });
  await arrived;
  buyer.kill();
  await expect(order).rejects.toThrow("ended");
  given.upstream.answer(fullPage);

  expect(await sweepOrphans()).toEqual({ released: 0, unsettled: 0 });
  // The lease is over: its end is moved, since nobody can wait for it here.
  await given.database.superuserPool.query(
    "update credit_request set lease_until = now() - interval '1 second' where team_id = $1",
    [ctx.team.id],
  );
  expect(await sweepOrphans()).toEqual({ released: 0, unsettled: 1 });
  expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({
    problems: [],
    charged: 0,
    unsettled: 2,
    sending: 0,
  });
});
