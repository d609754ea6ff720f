import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/notifications/read/route";
import { GET } from "@/app/api/v1/notifications/route";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { ROLES } from "@/lib/auth/permissions";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { countUnread } from "./count-unread";
import { markRead } from "./mark-read";
import { notify } from "./notify";
import { readNotifications } from "./read-notifications";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

/** Tells members that the asking one wants more credits. */
const tell = (ctx: TeamContext, to: { memberIds?: string[]; admins?: boolean }, dedupe: string = randomUUID()) =>
  asTeam(ctx.team.id, (tx) =>
    notify(tx, ctx.team.id, {
      kind: "limit_asked",
      to,
      facts: { memberId: ctx.member.id, credits: 50 },
      link: "/settings/limits",
      dedupe,
    }),
  );
const mine = (ctx: TeamContext) => tell(ctx, { memberIds: [ctx.member.id] });
const ids = async (ctx: TeamContext) => (await readNotifications(ctx)).items.map(({ id }) => id);

describe("telling", () => {
  test("reaches the named members and, when asked to, owners and admins; each once for a dedupe", async () => {
    const owner = await makeTeam();
    const [admin, analyst, viewer] = await Promise.all(
      (["admin", "analyst", "viewer"] as const).map((role) => makeMember(owner, role)),
    );
    if (!admin || !analyst || !viewer) throw new Error("no members");
    expect(await tell(analyst, { memberIds: [viewer.member.id, owner.member.id], admins: true }, "one")).toBe(3);
    expect(await tell(analyst, { memberIds: [viewer.member.id, analyst.member.id] }, "one")).toBe(1);
    for (const ctx of [owner, admin, analyst, viewer]) expect(await ids(ctx)).toHaveLength(1);
  });

  test("never reaches a removed member or one of another team", async () => {
    const [owner, foreign] = [await makeTeam(), await makeTeam()];
    const gone = await makeMember(owner, "admin");
    await asTeam(owner.team.id, (tx) =>
      tx.membership.updateMany({
        where: { teamId: owner.team.id, id: gone.member.id },
        data: { removedAt: new Date() },
      }),
    );
    expect(await tell(owner, { memberIds: [gone.member.id, foreign.member.id], admins: true })).toBe(1);
    expect([await ids(gone), await ids(foreign)]).toEqual([[], []]);
  });

  test("is undone with what there was to tell", async () => {
    const ctx = await makeTeam();
    const change = asTeam(ctx.team.id, async (tx) => {
      await notify(tx, ctx.team.id, {
        kind: "limit_declined",
        to: { admins: true },
        facts: { memberId: ctx.member.id },
        link: "/credits",
        dedupe: "declined",
      });
      throw new Error("no");
    });
    await expect(change).rejects.toThrow("no");
    expect(await ids(ctx)).toEqual([]);
  });

  test("writes ids that sort by time and facts under the name of today", async () => {
    const ctx = await makeTeam();
    for (let index = 0; index < 5; index++) await mine(ctx);
    const { items } = await readNotifications(ctx);
    expect(items.map(({ id }) => id[14])).toEqual(Array(5).fill("7"));
    expect(items[0]).toMatchObject({ kind: "limit_asked", name: "Mia Keller", facts: { credits: 50 }, readAt: null });
    const { rows } = await database.superuserPool.query(
      "select uuid_v7_at(now()) > uuid_v7_at(now() - interval '2 ms') as later",
    );
    expect(rows).toEqual([{ later: true }]);
  });

  test("is all that the ordinary role may do, beside marking as read", async () => {
    const ctx = await makeTeam();
    await mine(ctx);
    for (const change of ["kind = 'key_rejected'", "facts = '{}'", "member_id = member_id", "created_at = now()"]) {
      const update = asTeam(ctx.team.id, (tx) => tx.$executeRawUnsafe(`update notification set ${change}`));
      await expect(update, change).rejects.toThrow(/permission denied/);
    }
    const removal = asTeam(ctx.team.id, (tx) => tx.notification.deleteMany());
    await expect(removal).rejects.toThrow(/permission denied|denied access/);
  });
});

describe("a member's notifications", () => {
  test.each(ROLES)("are that member's alone: an %s sees and marks nobody else's", async (role) => {
    const owner = await makeTeam();
    const [one, other] = [await makeMember(owner, "analyst"), await makeMember(owner, role)];
    await mine(one);
    const [id = ""] = await ids(one);
    expect(await readNotifications(other)).toEqual({ items: [], nextCursor: null });
    expect(await countUnread(other)).toBe(0);
    expect(await markRead(other, { ids: [id] })).toEqual({ unread: 0 });
    expect(await markRead(other, { all: true })).toEqual({ unread: 0 });
    expect(await countUnread(one)).toBe(1);
    expect((await readNotifications(one)).items).toMatchObject([{ id, readAt: null }]);
  });

  test("are marked singly or all; what was read before keeps its moment, and reading marks nothing", async () => {
    const ctx = await makeTeam();
    for (let index = 0; index < 3; index++) await mine(ctx);
    const [first = ""] = await ids(ctx);
    expect(await markRead(ctx, { ids: [first, randomUUID()] })).toEqual({ unread: 2 });
    const before = (await readNotifications(ctx)).items.find(({ id }) => id === first)?.readAt;
    expect(before).not.toBeNull();
    expect((await readNotifications(ctx, { unread: true })).items.map(({ id }) => id)).not.toContain(first);
    expect(await markRead(ctx, { all: true })).toEqual({ unread: 0 });
    const { items } = await readNotifications(ctx);
    expect(items.find(({ id }) => id === first)?.readAt).toBe(before);
    expect(items.filter(({ readAt }) => readAt === null)).toEqual([]);
  });

  test("come newest first, 30 at a time, each exactly once over the pages", async () => {
    const ctx = await makeTeam();
    // Of one moment, so that the order within it is the id's.
    await asTeam(ctx.team.id, async (tx) => {
      await tx.$executeRaw`select notify_members(${ctx.team.id}::uuid, array[${ctx.member.id}::uuid], false, 'limit_declined',
        jsonb_build_object('memberId', ${ctx.member.id}::text), '/credits', 'n' || i) from generate_series(1, 65) i`;
    });
    await database.superuserPool.query(
      "update notification set created_at = date_trunc('hour', created_at) where team_id = $1",
      [ctx.team.id],
    );
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await readNotifications(ctx, { cursor });
      seen.push(...page.items.map(({ id }) => id));
      sizes.push(page.items.length);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(sizes).toEqual([30, 30, 5]);
    expect(new Set(seen).size).toBe(65);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(await countUnread(ctx)).toBe(65);
  });

  test("are counted no further than 100, by the index of what is unread", async () => {
    const ctx = await makeTeam();
    await asTeam(ctx.team.id, async (tx) => {
      await tx.$executeRaw`select notify_members(${ctx.team.id}::uuid, array[${ctx.member.id}::uuid], false, 'limit_declined',
        jsonb_build_object('memberId', ${ctx.member.id}::text), '/credits', 'n' || i) from generate_series(1, 3000) i`;
    });
    expect(await countUnread(ctx)).toBe(100);
    // A long history, of which little is unread: as it is with everybody who reads.
    await database.superuserPool.query(
      "update notification set read_at = now() where team_id = $1 and dedupe !~ '0$'",
      [ctx.team.id],
    );
    await database.superuserPool.query("analyze notification");
    const client = await database.superuserPool.connect();
    try {
      await client.query("begin; set local enable_seqscan = off");
      const { rows } = await client.query(
        "explain select 1 from notification where team_id = $1 and member_id = $2 and in_app and read_at is null limit 100",
        [ctx.team.id, ctx.member.id],
      );
      expect(JSON.stringify(rows)).toContain("notification_unread");
    } finally {
      await client.query("rollback");
      client.release();
    }
  });
});

describe("the routes", () => {
  test("answer the caller's own, mark them, and name each mistake", async () => {
    const ctx = await makeTeam({ role: "viewer" });
    await mine(ctx);
    await mine(ctx);
    const call = { cookie: await signedIn(ctx.member.userId), query: { team: ctx.team.slug } };
    const page = await callApi(GET, call);
    expect(page).toMatchObject({ status: 200, body: { items: [{ kind: "limit_asked" }, {}], nextCursor: null } });
    const [first = ""] = await ids(ctx);
    const mark = (json: unknown) => callApi(POST, { ...call, method: "POST", json });
    expect(await mark({ ids: [first] })).toMatchObject({ status: 200, body: { unread: 1 } });
    const unread = await callApi(GET, { ...call, query: { ...call.query, unread: "true" } });
    expect((unread.body.items as unknown[]).length).toBe(1);
    expect(await mark({ all: true })).toMatchObject({ status: 200, body: { unread: 0 } });

    const wrong: [unknown, string][] = [
      [{}, "ids"],
      [{ ids: [], all: true }, "ids"],
      [{ ids: [] }, "ids"],
      [{ all: false }, "all"],
      [{ ids: ["x"] }, "ids.0"],
      [{ ids: Array.from({ length: 101 }, () => randomUUID()) }, "ids"],
    ];
    for (const [json, path] of wrong) {
      const answer = await mark(json);
      const errors = answer.body.errors as { path: string; message: string }[];
      expect([json, answer.status, errors[0]?.path]).toEqual([json, 400, path]);
      expect(errors[0]?.message).toMatch(/\s/);
    }
    for (const query of [{ cursor: "x" }, { unread: "maybe" }] as Record<string, string>[]) {
      expect(await callApi(GET, { ...call, query: { ...call.query, ...query } })).toMatchObject({ status: 400 });
    }
  });
});
