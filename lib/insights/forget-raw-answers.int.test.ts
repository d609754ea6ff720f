import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { settleByHand } from "@/lib/credits/settle-by-hand";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, failure, purchases } from "@/lib/testing/purchases";
import { buyPage } from "./buy-page";
import { forgetRawAnswers } from "./forget-raw-answers";
import { readRawAnswer } from "./read-raw-answer";
import { readRawRetention } from "./read-raw-retention";
import { readRawRow } from "./read-raw-row";
import { readReceipt } from "./read-receipt";

const given = purchases();

const buy = async (ctx: TeamContext, region: string) =>
  (await buyPage(ctx, ask({ region }), explore)).snapshot.receipt.id;

const keepFor = (ctx: TeamContext, rawRetentionDays: number | null) =>
  asTeam(ctx.team.id, (tx) => tx.team.update({ where: { id: ctx.team.id }, data: { rawRetentionDays } }));

/** What was bought so far is so many days older from now on; everybody's clock goes along. */
const daysPass = (days: number) =>
  given.database.superuserPool.query("update app_clock set offset_seconds = offset_seconds + $1", [days * 86_400]);

async function rawOf(ctx: TeamContext): Promise<string[]> {
  const { rows } = await given.database.superuserPool.query(
    "select request_id as id from raw_answer where team_id = $1 order by received_at",
    [ctx.team.id],
  );
  return rows.map(({ id }) => id);
}

async function auditsOf(ctx: TeamContext): Promise<Record<string, number>[]> {
  const { rows } = await given.database.superuserPool.query(
    "select details from audit_entry where team_id = $1 and action = 'raw_answers.forgotten' order by at",
    [ctx.team.id],
  );
  return rows.map(({ details }) => details);
}

describe("the retention of raw answers", () => {
  test("forgets what is older than the team's setting; rows, receipts, a fingerprint and an exact ledger stay", async () => {
    const ctx = await makeTeam();
    const old = await buy(ctx, "US");
    const before = await readRawAnswer(ctx, old);
    await daysPass(31);
    const young = await buy(ctx, "GB");
    await keepFor(ctx, 30);
    await forgetRawAnswers();

    expect(await rawOf(ctx)).toEqual([young]);
    const receipt = await readReceipt(ctx, old);
    expect(receipt.raw).toEqual({
      state: "forgotten",
      bytes: before.body.length,
      sha256: createHash("sha256").update(before.body).digest("hex"),
      forgottenAt: expect.any(String),
    });
    expect(receipt).toMatchObject({ outcome: "charged", rowCount: 20, receivedAt: before.receivedAt });
    expect(receipt.details?.latencyMs).not.toBeNull();
    await expect(readRawAnswer(ctx, old)).rejects.toMatchObject({ code: "not_found" });
    const row = await readRawRow(ctx, old, 3);
    expect(row).toMatchObject({ text: null, row: { posts: 11_497 } });
    expect(row.figures.every(({ raw }) => raw === null)).toBe(true);
    expect(await auditsOf(ctx)).toEqual([{ answers: 1, bytes: before.body.length }]);
    await expectExact(ctx);
    // Nothing is left to do, and nothing is told twice.
    await forgetRawAnswers();
    expect(await auditsOf(ctx)).toHaveLength(1);
  });

  test("without a setting keeps all, and never touches another team", async () => {
    const [keeper, other] = [await makeTeam(), await makeTeam()];
    const kept = await buy(keeper, "US");
    await buy(other, "US");
    await daysPass(400);
    await keepFor(other, 1);
    await forgetRawAnswers();
    expect(await rawOf(keeper)).toEqual([kept]);
    expect(await rawOf(other)).toEqual([]);
    expect(await auditsOf(keeper)).toEqual([]);
  });

  test("keeps what a request still to confirm brought, until somebody settles it", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_request, response) => response.writeHead(200).end("cut"));
    const lost = (await failure(buyPage(ctx, ask(), explore))).details.requestId as string;
    await daysPass(31);
    await keepFor(ctx, 30);
    expect((await readRawRetention(ctx, {})).freed.answers).toBe(0);
    await forgetRawAnswers();
    expect(await rawOf(ctx)).toEqual([lost]);
    await settleByHand(ctx, lost, { charged: true, reason: "on the dashboard" });
    await forgetRawAnswers();
    expect(await rawOf(ctx)).toEqual([]);
    await expectExact(ctx);
  });

  test("two workers at once forget each answer once, while a purchase goes on", async () => {
    const ctx = await makeTeam();
    for (const region of ["US", "GB", "FR", "DE", "IT", "ES"]) await buy(ctx, region);
    await daysPass(8);
    await keepFor(ctx, 7);
    const batch = (most: number) =>
      asTeam(ctx.team.id, async (tx) => {
        const [done] = await tx.$queryRaw<{ answers: number }[]>`
          select answers from forget_raw_answers(${ctx.team.id}::uuid, ${most}::int)`;
        return done?.answers ?? 0;
      });
    const [bought, ...counts] = await Promise.all([
      buy(ctx, "JP"),
      batch(2),
      batch(3),
      forgetRawAnswers(),
      forgetRawAnswers(),
    ]);
    const answers = counts.map((count) => (typeof count === "number" ? count : count.answers));
    expect(answers.reduce((sum, count) => sum + count, 0)).toBe(6);
    expect(await rawOf(ctx)).toEqual([bought]);
    expect((await readRawRetention(ctx, {})).forgotten.answers).toBe(6);
    await expectExact(ctx);
  });

  test("says beforehand what a number of days would free, to every role, and frees nothing by saying so", async () => {
    const ctx = await makeTeam();
    const ids = [await buy(ctx, "US"), await buy(ctx, "GB")];
    await daysPass(10);
    ids.push(await buy(ctx, "FR"));
    const sizes = await Promise.all(ids.map(async (id) => (await readRawAnswer(ctx, id)).body.length));
    const [a = 0, b = 0, c = 0] = sizes;
    for (const role of ["viewer", "analyst", "admin"] as const) {
      const reader = await makeMember(ctx, role);
      expect(await readRawRetention(reader, { days: 5 })).toEqual({
        days: 5,
        freed: { answers: 2, bytes: a + b },
        kept: { answers: 1, bytes: c },
        forgotten: { answers: 0, bytes: 0 },
      });
      expect(await readRawRetention(reader, {})).toMatchObject({
        days: null,
        freed: { answers: 0 },
        kept: { answers: 3 },
      });
    }
    expect(await rawOf(ctx)).toHaveLength(3);
    expect(await readRawRetention(await makeTeam(), { days: 1 })).toMatchObject({
      freed: { answers: 0, bytes: 0 },
      kept: { answers: 0, bytes: 0 },
    });
  });
});

describe("a raw answer", () => {
  test("can be deleted by nobody but the purge, whatever they set", async () => {
    const ctx = await makeTeam();
    const id = await buy(ctx, "US");
    await daysPass(31);
    const attempt = async (pool: typeof given.database.ownerPool, statement: string) => {
      const client = await pool.connect();
      try {
        await client.query("begin");
        await client.query("select set_config('app.team', $1, true), set_config('app.forget_raw', $1, true)", [
          ctx.team.id,
        ]);
        return await client.query(statement).then(
          () => "done",
          (error: { code: string }) => error.code,
        );
      } finally {
        await client.query("rollback");
        client.release();
      }
    };
    const { appPool, ownerPool, superuserPool } = given.database;
    const remove = `delete from raw_answer where request_id = '${id}'`;
    // The ordinary role has no right; a superuser is not the owner; the owner has left no trace.
    expect(await attempt(appPool, remove)).toBe("42501");
    expect(await attempt(superuserPool, remove)).toBe("23001");
    expect(await attempt(ownerPool, remove)).toBe("23001");
    expect(await attempt(ownerPool, `update raw_answer set body = '' where request_id = '${id}'`)).toBe("23001");
    expect(await attempt(ownerPool, "truncate raw_answer")).toBe("23001");
    // Nor can the ordinary role forget more than the team's own setting says, or leave a false trace.
    expect(await attempt(appPool, `select * from forget_raw_answers('${ctx.team.id}', 1000000)`)).toBe("done");
    expect(
      await attempt(
        appPool,
        `insert into raw_forgotten values ('${ctx.team.id}', '${id}', now(), now(), 1, repeat('0', 64))`,
      ),
    ).toBe("42501");
    expect(await rawOf(ctx)).toEqual([id]);
  });
});
