import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { GET, PUT } from "@/app/api/v1/credits/limits/route";
import type { TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import type { Role } from "@/lib/auth/permissions";
import { buyPage } from "@/lib/insights/buy-page";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, failure, purchases } from "@/lib/testing/purchases";
import { changeLimits } from "./change-limits";
import { claim } from "./ledger";
import { readLimits } from "./read-limits";
import { PURPOSES } from "./schemas";
import { setLimit } from "./set-limit";
import { updateCreditSettings } from "./update-credit-settings";

const given = purchases();
let owner: TeamContext;
let mia: TeamContext;
beforeEach(async () => {
  owner = await makeTeam();
  mia = await makeMember(owner, "analyst", "Mia Keller");
});

let word = 0;
/** Buys one page that nobody asked for before: 2 credits. */
const buy = (ctx: TeamContext, call = explore) => buyPage(ctx, ask({ q: `word ${word++}` }), call);
const refusal = async (ctx: TeamContext) => (await failure(buy(ctx))).code;
const row = async (member: TeamContext) => (await readLimits(owner)).members.find(({ id }) => id === member.member.id);

const audits = async (action: string) => {
  const { rows } = await given.database.superuserPool.query(
    "select member_id as by, details, before, after from audit_entry where team_id = $1 and action = $2 order by id",
    [owner.team.id, action],
  );
  return rows;
};

describe("limits", () => {
  test("of a member without an own one are the default; an own one overrides it, and removing it brings it back", async () => {
    await changeLimits(owner, { memberDefault: 2 });
    await buy(mia);
    expect(await refusal(mia)).toBe("member_limit_reached");
    expect(await row(mia)).toMatchObject({ limit: null, effective: 2, spent: 2, held: 0, granted: 0 });

    await changeLimits(owner, { members: [{ id: mia.member.id, credits: 4 }] });
    await buy(mia);
    expect(await refusal(mia)).toBe("member_limit_reached");
    expect(await row(mia)).toMatchObject({ limit: 4, effective: 4, spent: 4 });

    await changeLimits(owner, { members: [{ id: mia.member.id, credits: null }], memberDefault: 6 });
    await buy(mia);
    expect(await refusal(mia)).toBe("member_limit_reached");
    await changeLimits(owner, { memberDefault: null });
    await buy(mia);
    expect(await row(mia)).toMatchObject({ limit: null, effective: null, spent: 8 });
    await expectExact(owner);
  });

  test("beneath what is spent grant nothing more and break nothing", async () => {
    await buy(mia);
    await buy(mia);
    await changeLimits(owner, { team: 1, memberDefault: 0 });
    const error = await failure(buy(mia));
    expect(error).toMatchObject({ code: "team_limit_reached", details: { limit: 1, spent: 4, held: 0 } });
    expect(Date.parse(error.details.resetsAt ?? "")).toBeGreaterThan(Date.now());
    expect(await readLimits(owner)).toMatchObject({ team: 1, used: { team: { spent: 4, held: 0 } } });
    await changeLimits(owner, { team: 6, memberDefault: null });
    await buy(mia);
    await expectExact(owner);
  });

  test("of a token are lowered by itself, and lifted by people and other tokens alone", async () => {
    const script = async () => {
      const by = { teamId: owner.team.id, memberId: owner.member.id, name: "script" };
      const { id } = await createToken({ ...by, scope: "read+spend", limitCredits: 10 });
      return { ...owner, token: { id, scope: "read+spend" } } as unknown as TeamContext & { token: { id: string } };
    };
    const [one, other] = [await script(), await script()];
    const set = (credits: number | null) => ({ team: 500, tokens: [{ id: one.token.id, credits }] });
    for (const credits of [11, null]) {
      const refused = { code: "forbidden", details: { reason: "session_needed" } };
      await expect(changeLimits(one, set(credits))).rejects.toMatchObject(refused);
    }
    expect((await readLimits(owner)).team).toBeNull();
    const limit = async () => (await readLimits(owner)).tokens.find(({ id }) => id === one.token.id)?.limit;
    await changeLimits(one, set(4));
    expect(await limit()).toBe(4);
    await changeLimits(other, set(6));
    expect(await limit()).toBe(6);
    await changeLimits(owner, set(null));
    expect(await limit()).toBeNull();
  });

  test("are checked on every path that buys, whatever for", async () => {
    const { id: tokenId } = await createToken({
      teamId: owner.team.id,
      memberId: mia.member.id,
      name: "script",
      scope: "read+spend",
    });
    const byToken = { ...mia, token: { id: tokenId, scope: "read+spend" } } as unknown as TeamContext;
    const limitsOf = {
      team: { team: 0 },
      member: { members: [{ id: mia.member.id, credits: 0 }] },
      token: { tokens: [{ id: tokenId, credits: 0 }] },
    };
    const free = {
      team: null,
      members: [{ id: mia.member.id, credits: null }],
      tokens: [{ id: tokenId, credits: null }],
    };
    for (const [scope, limits] of Object.entries(limitsOf)) {
      await changeLimits(owner, { ...free, ...limits });
      for (const purpose of PURPOSES) {
        const error = await failure(buy(byToken, { idempotencyKey: null, purpose }));
        expect([scope, purpose, error.code]).toEqual([scope, purpose, `${scope}_limit_reached`]);
      }
    }
    expect(given.upstream.seen).toEqual([]);
    await changeLimits(owner, free);
    for (const purpose of PURPOSES) await buy(byToken, { idempotencyKey: null, purpose });
    await expectExact(owner);
  });

  test("of the schedules' share stop schedules alone, and say that it is the share", async () => {
    await changeLimits(owner, { team: 100, schedules: 2 });
    const schedule = { idempotencyKey: null, purpose: "schedule" as const };
    await buy(mia, schedule);
    expect(await failure(buy(mia, schedule))).toMatchObject({
      code: "team_limit_reached",
      details: { reason: "schedules_share", limit: 2, spent: 2, held: 0 },
    });
    await buy(mia);
    expect(await readLimits(owner)).toMatchObject({
      schedules: 2,
      used: { schedules: { spent: 2 }, team: { spent: 4 } },
    });
    await expectExact(owner);
  });

  test("of the share alone hold what it pays for: no member's limit is asked, and none is used", async () => {
    await changeLimits(owner, { team: 100, schedules: 4, members: [{ id: mia.member.id, credits: 0 }] });
    const run = { id: randomUUID(), searchId: null, watchlistId: null, byShare: true, waitedMs: 0 };
    const byShare = { idempotencyKey: null, purpose: "schedule" as const, run };
    const byMember = { idempotencyKey: null, purpose: "schedule" as const };
    expect(await failure(buy(mia, byMember))).toMatchObject({ code: "member_limit_reached" });
    await buy(mia, byShare);
    await buy(mia, byShare);
    expect(await failure(buy(mia, byShare))).toMatchObject({
      code: "team_limit_reached",
      details: { reason: "schedules_share", limit: 4, spent: 4, held: 0 },
    });
    const { used, members } = await readLimits(owner);
    expect(used).toMatchObject({ schedules: { spent: 4 }, team: { spent: 4 } });
    expect(members.find(({ id }) => id === mia.member.id)).toMatchObject({ spent: 0, held: 0 });
    await changeLimits(owner, { team: 4, schedules: null });
    const refused = await failure(buy(mia, byShare));
    expect([refused.code, refused.details.reason]).toEqual(["team_limit_reached", undefined]);
    await expectExact(owner);
  });

  test("that change while claims run are overstepped by none", async () => {
    const claims = () =>
      claim(owner.team.id, randomUUID(), {
        upstream: "sandbox",
        endpoint: "ranking",
        region: "US",
        window: "7",
        categoryId: null,
        q: null,
        page: 1,
        questionKey: randomUUID(),
        memberId: mia.member.id,
        tokenId: null,
        purpose: "explore",
        inputHash: "",
        priceCredits: 2,
        maxAgeMs: 0,
        waitedMs: 0,
        leaseMs: 60_000,
        nonce: randomUUID(),
      });
    await changeLimits(owner, { memberDefault: 40 });
    const [results] = await Promise.all([
      Promise.all(Array.from({ length: 120 }, claims)),
      (async () => {
        for (const credits of [60, 20, 80, 50]) {
          await changeLimits(owner, { team: credits + 20, memberDefault: credits });
          const { members } = await readLimits(owner);
          expect(members.find(({ id }) => id === mia.member.id)?.effective).toBe(credits);
        }
      })(),
    ]);
    const granted = results.filter(({ result }) => result === "claimed").length;
    expect(granted).toBeLessThanOrEqual(40);
    expect(granted).toBeGreaterThanOrEqual(10);
    // Under the last limit, 50, the rest of it is granted and nothing more.
    const rest = (await Promise.all(Array.from({ length: 30 }, claims))).filter(({ result }) => result === "claimed");
    expect(granted + rest.length).toBe(Math.max(granted, 25));
    await expectExact(owner);
  });

  test("set by the operator are the same limits, noted with what they were before", async () => {
    await changeLimits(owner, { team: 10 });
    await setLimit({ teamId: owner.team.id, memberId: null, credits: 4 });
    await setLimit({ teamId: owner.team.id, memberId: null, credits: 4 });
    expect((await readLimits(owner)).team).toBe(4);
    expect(await audits("limit.set")).toEqual([
      {
        by: owner.member.id,
        details: { scope: "team", subject: owner.team.id },
        before: { credits: null },
        after: { credits: 10 },
      },
      { by: null, details: { scope: "team", subject: owner.team.id }, before: { credits: 10 }, after: { credits: 4 } },
    ]);
  });
});

describe("PUT /credits/limits", () => {
  const put = async (ctx: TeamContext, json: unknown) =>
    callApi(PUT, {
      method: "PUT",
      cookie: await signedIn(ctx.member.userId),
      headers: { origin: "http://localhost:3000" },
      query: { team: ctx.team.slug },
      json,
    });

  test("is for owners and admins alone", async () => {
    for (const [role, status] of [
      ["viewer", 403],
      ["analyst", 403],
      ["admin", 200],
      ["owner", 200],
    ] as [Role, number][]) {
      const member = await makeMember(owner, role);
      expect([role, (await put(member, { team: 50 })).status]).toEqual([role, status]);
    }
  });

  test("changes all or nothing, and names each mistake at its place", async () => {
    const id = mia.member.id;
    const foreign = await makeTeam();
    const cases: [unknown, [path: string, start: string][]][] = [
      [{ team: -1 }, [["team", "A limit cannot be negative"]]],
      [{ team: 1.5 }, [["team", "Credits are whole"]]],
      [{ team: 1e300 }, [["team", "A limit has at most"]]],
      [{ team: "ten" }, [["team", "Use a whole number"]]],
      [{ memberDefault: 2_000_000_000 }, [["memberDefault", "A limit has at most"]]],
      [{ schedules: {} }, [["schedules", "Use a whole number"]]],
      [{ teams: 5 }, [["teams", ""]]],
      [
        { team: 5, members: [{ id: foreign.member.id, credits: 5 }] },
        [["members.0.id", "Choose a member of this team"]],
      ],
      [{ team: 5, tokens: [{ id: randomUUID(), credits: 5 }] }, [["tokens.0.id", "Choose a token of this team"]]],
      [{ members: [{ id: "mia", credits: 5 }] }, [["members.0.id", "Choose a member of this team"]]],
      [
        {
          members: [
            { id, credits: 5 },
            { id, credits: 6 },
          ],
        },
        [["members.1.id", "This one is named twice"]],
      ],
      [{ members: [{ id, credits: -2 }] }, [["members.0.credits", "A limit cannot be negative"]]],
    ];
    for (const [body, mistakes] of cases) {
      const answer = await put(owner, body);
      expect([body, answer.status]).toEqual([body, 400]);
      const errors = answer.body.errors as { path: string; message: string }[];
      expect(errors.map(({ path }) => path)).toEqual(mistakes.map(([path]) => path));
      for (const [index, [, start]] of mistakes.entries()) expect(errors[index]?.message).toContain(start);
    }
    expect(await readLimits(owner)).toMatchObject({ team: null, memberDefault: null, schedules: null });
    expect(await audits("limit.set")).toEqual([]);
  });

  test("answers what GET answers, and a reader who may not see others gets the own row alone", async () => {
    const answer = await put(owner, { team: 100, memberDefault: 10, members: [{ id: mia.member.id, credits: 30 }] });
    expect(answer).toMatchObject({ status: 200, body: { team: 100, memberDefault: 10, schedules: null } });
    const get = async (ctx: TeamContext) =>
      (await callApi(GET, { cookie: await signedIn(ctx.member.userId), query: { team: ctx.team.slug } })).body;
    expect(await get(owner)).toEqual(answer.body);
    expect((await get(mia)).members).toHaveLength(2);
    await updateCreditSettings(owner, { usageVisibility: "own" });
    expect((await get(mia)).members).toEqual([
      expect.objectContaining({ id: mia.member.id, limit: 30, effective: 30 }),
    ]);
    expect((await get(owner)).members).toHaveLength(2);
  });
});
