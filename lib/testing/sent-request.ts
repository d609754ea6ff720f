import { randomUUID } from "node:crypto";
import type { TeamContext } from "@/lib/auth/context";
import { type Ask, beginSend, claim, type Settlement, settle } from "@/lib/credits/ledger";
import { questionKey } from "@/lib/insights/question";
import { questionSchema } from "@/lib/insights/schemas";
import type { TestDatabase } from "./database";
import { unique } from "./factories";

/** What came back, for a request that a test settles by itself. */
export const CHARGED: Settlement = {
  outcome: "charged",
  basis: "documented",
  problem: null,
  reason: null,
  httpStatus: 200,
  upstreamRequestId: "d8a309f6",
  raw: Buffer.from("{}"),
  answerJson: JSON.stringify({ total: 1, hasMore: false, rows: [{ place: 1, categoryId: "1", posts: 3 }] }),
};
export const FAILED: Settlement = {
  ...CHARGED,
  outcome: "not_charged",
  basis: "assumed",
  problem: "upstream_failed",
  reason: "http_status",
  httpStatus: 500,
  answerJson: null,
};
export const TIMED_OUT: Settlement = {
  ...CHARGED,
  outcome: "unsettled",
  basis: "assumed",
  problem: "upstream_timeout",
  reason: "timeout",
  httpStatus: null,
  upstreamRequestId: null,
  raw: null,
  answerJson: null,
};
/** Code 0 without a list: taken as charged, nobody knows. */
export const CHARGED_ASSUMED: Settlement = {
  ...CHARGED,
  basis: "assumed",
  problem: "upstream_invalid_answer",
  reason: "data_null",
  answerJson: null,
};

export type SentRequest = { id: string; settle: (settlement: Settlement) => ReturnType<typeof settle> };

/** A request of a member that was sent to the upstream and not answered yet, of 2 credits and a question of its own. */
export async function sendRequest(ctx: TeamContext, over: Partial<Ask> = {}): Promise<SentRequest> {
  const [id, nonce, q] = [randomUUID(), randomUUID(), unique("word")];
  const upstream = ctx.team.upstream ?? "sandbox";
  const leaseMs = 60_000;
  const claimed = await claim(ctx.team.id, id, {
    upstream,
    endpoint: "insights_products",
    region: "US",
    window: "7",
    categoryId: null,
    q,
    page: 1,
    questionKey: questionKey(upstream, questionSchema.parse({ region: "US", window: "7", q })),
    memberId: ctx.member.id,
    tokenId: null,
    purpose: "explore",
    inputHash: q,
    priceCredits: 2,
    maxAgeMs: 0,
    waitedMs: 0,
    leaseMs,
    nonce,
    ...over,
  });
  if (claimed.result !== "claimed") throw new Error(`The claim was ${claimed.result}`);
  const begun = await beginSend(ctx.team.id, id, over.nonce ?? nonce, {
    attempt: 1,
    leaseMs,
    perSecond: 1_000,
    maxWaitMs: 30_000,
  });
  if (begun.result !== "ok") throw new Error(`Sending was ${begun.result}`);
  return { id, settle: (settlement) => settle(ctx.team.id, id, over.nonce ?? nonce, randomUUID(), settlement) };
}

/** A request that ended as a settlement says. @returns its id */
export async function endedRequest(ctx: TeamContext, settlement: Settlement, over: Partial<Ask> = {}): Promise<string> {
  const request = await sendRequest(ctx, over);
  await request.settle(settlement);
  return request.id;
}

/** As if the buyer had died long ago. */
export async function endLease(database: TestDatabase, id: string): Promise<void> {
  await database.superuserPool.query(
    "update credit_request set lease_until = now() - interval '1 second' where id = $1 and lease_until is not null",
    [id],
  );
}

/** Moves the application's clock of a test's own database. */
export async function moveClock(database: TestDatabase, seconds: number): Promise<void> {
  await database.superuserPool.query("update app_clock set offset_seconds = offset_seconds + $1", [seconds]);
}
