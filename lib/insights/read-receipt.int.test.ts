import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { settleByHand } from "@/lib/credits/settle-by-hand";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, failure, purchases } from "@/lib/testing/purchases";
import { wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { buyPage } from "./buy-page";
import { readRawAnswer } from "./read-raw-answer";
import { readRawRow } from "./read-raw-row";
import { readReceipt } from "./read-receipt";

const given = purchases();

async function bought(ctx: TeamContext, over: Record<string, unknown> = {}): Promise<string> {
  return (await buyPage(ctx, ask(over), explore)).snapshot.receipt.id;
}

const showUsage = (ctx: TeamContext, usageVisibility: string) =>
  asTeam(ctx.team.id, (tx) => tx.team.update({ where: { id: ctx.team.id }, data: { usageVisibility } }));

describe("a receipt", () => {
  test("tells who bought what with which request, at what price, and every step in order", async () => {
    const ctx = await makeTeam();
    const id = await bought(ctx, { category: "601583", q: "eau de parfum", page: 2 });
    const receipt = await readReceipt(ctx, id);
    expect(receipt).toMatchObject({
      id,
      upstream: "sandbox",
      boughtBy: { id: ctx.member.id, name: ctx.member.name },
      query: { region: "US", window: "7", category: "601583", q: "eau de parfum", page: 2 },
      // Word for word what reached the upstream.
      upstreamPath: given.upstream.seen[0]?.path,
      upstreamRequestId: "d8a309f6-0000-4000-8000-000000000000",
      httpStatus: 200,
      priceCredits: 2,
      credits: 2,
      outcome: "charged",
      basis: "documented",
      rowCount: 20,
      raw: { state: "kept", forgottenAt: null },
      details: { purpose: "explore", tokenName: null, servedFree: 0, savedCredits: 0 },
    });
    expect(receipt.details?.events.map(({ kind, credits }) => [kind, credits])).toEqual([
      ["reserved", 0],
      ["sending", 0],
      ["charged", 2],
    ]);
    expect(receipt.details?.latencyMs).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(receipt)).not.toContain(given.upstream.seen[0]?.key);
  });

  test("counts the asks that its answer served for nothing since, and nobody else's", async () => {
    const ctx = await makeTeam();
    const colleague = await makeMember(ctx, "analyst");
    const id = await bought(ctx);
    const other = await bought(ctx, { region: "GB" });
    for (const asker of [ctx, colleague, colleague]) await bought(asker);
    expect((await readReceipt(ctx, id)).details).toMatchObject({ servedFree: 3, savedCredits: 6 });
    expect((await readReceipt(ctx, other)).details).toMatchObject({ servedFree: 0, savedCredits: 0 });
  });

  test("names who corrected it and why", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_request, response) => response.writeHead(200).end("{"));
    const { details } = await failure(buyPage(ctx, ask(), explore));
    const id = details.requestId as string;
    expect(await readReceipt(ctx, id)).toMatchObject({
      outcome: "unsettled",
      basis: "assumed",
      credits: 2,
      rowCount: null,
    });
    await settleByHand(ctx, id, { charged: false, reason: "not on the dashboard" });
    const receipt = await readReceipt(ctx, id);
    expect(receipt).toMatchObject({ outcome: "not_charged", basis: "by_hand", credits: 0 });
    expect(receipt.details?.events.at(-1)).toMatchObject({ by: ctx.member.name, reason: "not on the dashboard" });
  });

  test("is the team's of what brought an answer; steps and uses of others' requests follow the team's setting", async () => {
    const ctx = await makeTeam();
    const viewer = await makeMember(ctx, "viewer");
    const analyst = await makeMember(ctx, "analyst");
    const admin = await makeMember(ctx, "admin");
    const id = await bought(ctx);
    const own = await bought(analyst, { region: "GB" });
    given.upstream.answer((_request, response) => response.writeHead(200).end("{"));
    const failed = (await failure(buyPage(ctx, ask({ region: "FR" }), explore))).details.requestId as string;
    for (const reader of [viewer, analyst, admin]) {
      expect((await readReceipt(reader, id)).details?.events).toHaveLength(3);
      expect((await readReceipt(reader, failed)).outcome).toBe("unsettled");
    }
    for (const visibility of ["totals", "own"]) {
      await showUsage(ctx, visibility);
      for (const reader of [viewer, analyst]) {
        expect(await readReceipt(reader, id)).toMatchObject({
          boughtBy: { name: ctx.member.name },
          credits: 2,
          details: null,
        });
        expect((await readRawRow(reader, id, 1)).text).not.toBeNull();
        await expect(readReceipt(reader, failed)).rejects.toMatchObject({ code: "not_found" });
        await expect(readRawAnswer(reader, failed)).rejects.toMatchObject({ code: "not_found" });
      }
      expect((await readReceipt(analyst, own)).details?.events).toHaveLength(3);
      expect((await readReceipt(admin, failed)).details?.events).toHaveLength(3);
    }
  });

  test("of the other upstream, of nobody and of another team is not found", async () => {
    const ctx = await makeTeam();
    const id = await bought(ctx);
    const live = { ...ctx, team: { ...ctx.team, upstream: "live" as const } };
    const outsider = await makeTeam();
    for (const [reader, request] of [
      [live, id],
      [outsider, id],
      [ctx, randomUUID()],
    ] as const) {
      for (const read of [readReceipt, readRawAnswer, (c: TeamContext, r: string) => readRawRow(c, r, 1)]) {
        await expect(read(reader, request)).rejects.toMatchObject({ code: "not_found" });
      }
    }
  });
});

describe("a row as received", () => {
  test("stands beside ours, with every digit that was sent", async () => {
    const ctx = await makeTeam();
    const body = JSON.stringify(wirePage([wireRow(1), wireRow(2), "?", wireRow(4, { post: "\u0000" })]))
      .replace('"post":11498', '"post": "12345678901234567890"')
      .replace('"cpa":4.92', '"cpa":4.9200');
    given.upstream.answer((_request, response) => response.writeHead(200).end(body));
    const id = await bought(ctx);
    const first = await readRawRow(ctx, id, 1);
    expect(first.row).toMatchObject({ position: 1, categoryId: "91", cpa: 4.92, posts: 11_499 });
    expect(first.figures).toContainEqual({ figure: "cpa", field: "cpa", raw: "4.9200" });
    expect(first.figures).toContainEqual({ figure: "categoryId", field: "third_ecom_category.id", raw: '"91"' });
    expect(first.text).toContain('"cpa": 4.9200');
    const second = await readRawRow(ctx, id, 2);
    expect(second.row.posts).toBeNull();
    expect(second.figures).toContainEqual({ figure: "posts", field: "post", raw: '"12345678901234567890"' });
    expect(await readRawRow(ctx, id, 3)).toMatchObject({
      place: 3,
      text: '"?"',
      row: { posts: null, categoryId: null },
    });
    for (const place of [0, 5, 21])
      await expect(readRawRow(ctx, id, place)).rejects.toMatchObject({ code: "not_found" });
    const answer = await readRawAnswer(ctx, id);
    expect(Buffer.from(answer.body).toString()).toBe(body);
  });

  test("is found by its place on the page, whatever the page", async () => {
    const ctx = await makeTeam();
    const id = await bought(ctx, { page: 3 });
    const row = await readRawRow(ctx, id, 20);
    expect(row.row).toMatchObject({ position: 60, categoryId: "920" });
    expect(row.figures).toContainEqual({ figure: "posts", field: "post", raw: "11480" });
  });

  test("of an answer that is no JSON is its text, and nothing at all when no byte came", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_request, response) => response.writeHead(200).end("<b>\u0000gateway</b>"));
    const failed = (await failure(buyPage(ctx, ask(), explore))).details.requestId as string;
    expect(await readRawAnswer(ctx, failed)).toMatchObject({ text: "<b>\u2400gateway</b>", isCut: false });
    await expect(readRawRow(ctx, failed, 1)).rejects.toMatchObject({ code: "not_found" });
    given.upstream.answer((_request, response) => response.destroy());
    const silent = (await failure(buyPage(ctx, ask({ region: "GB" }), explore))).details.requestId as string;
    expect((await readReceipt(ctx, silent)).raw).toEqual({
      state: "none",
      bytes: null,
      sha256: null,
      forgottenAt: null,
    });
    await expect(readRawAnswer(ctx, silent)).rejects.toMatchObject({ code: "not_found" });
  });
});
