import { beforeEach, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { AppError } from "@/lib/platform/errors";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, failure, purchases } from "@/lib/testing/purchases";
import { askForMore } from "./ask-for-more";
import { changeLimits } from "./change-limits";
import { declineMore } from "./decline-more";
import { grantMore } from "./grant-more";
import { readAsks } from "./read-asks";
import { readLimits } from "./read-limits";
import { withdrawAsk } from "./withdraw-ask";

const given = purchases();
let owner: TeamContext;
let mia: TeamContext;
beforeEach(async () => {
  await given.database.superuserPool.query("update app_clock set offset_seconds = 0");
  owner = await makeTeam();
  mia = await makeMember(owner, "analyst", "Mia Keller");
  await changeLimits(owner, { memberDefault: 2 });
});

let word = 0;
const buy = (ctx: TeamContext) => buyPage(ctx, ask({ q: `word ${word++}` }), explore);
const more = { credits: 4, note: "The autumn campaign" };
const refused = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(AppError);
  const { code, details } = error as AppError;
  return [code, details.reason];
};
const effective = async (ctx: TeamContext) => (await readLimits(ctx)).members.find(({ id }) => id === ctx.member.id);

describe("asking for more", () => {
  test("and a grant of it raise this member's limit at once, for this period alone", async () => {
    await buy(mia);
    expect((await failure(buy(mia))).code).toBe("member_limit_reached");
    const { id } = await askForMore(mia, more);
    expect(await readAsks(owner)).toMatchObject([{ id, member: { name: "Mia Keller" }, credits: 4, note: more.note }]);
    expect(await grantMore(owner, id, { credits: 4 })).toMatchObject({ state: "granted", grantedCredits: 4 });
    await buy(mia);
    await buy(mia);
    expect((await failure(buy(mia))).code).toBe("member_limit_reached");
    expect(await effective(mia)).toMatchObject({ limit: null, effective: 6, granted: 4, spent: 6 });
    // Another default moves what the grant stands on.
    await changeLimits(owner, { memberDefault: 10 });
    expect(await effective(mia)).toMatchObject({ effective: 14 });
    await expectExact(owner);

    await given.database.superuserPool.query("update app_clock set offset_seconds = 32 * 86400");
    expect(await effective(mia)).toMatchObject({ effective: 10, granted: 0, spent: 0 });
    await buy(mia);
    await expectExact(owner);
  });

  test("holds for a member whose counter is made only after the grant", async () => {
    const { id } = await askForMore(mia, more);
    await grantMore(owner, id, { credits: 2 });
    await buy(mia);
    await buy(mia);
    expect((await failure(buy(mia))).code).toBe("member_limit_reached");
    await expectExact(owner);
  });

  test("twice in a period while one is open is a conflict; after it ended one may ask again", async () => {
    const { id } = await askForMore(mia, more);
    expect(await refused(askForMore(mia, more))).toEqual(["conflict", "already_asked"]);
    await declineMore(owner, id);
    const again = await askForMore(mia, more);
    expect(await withdrawAsk(mia, again.id)).toMatchObject({ state: "withdrawn" });
    const both = await Promise.allSettled([askForMore(mia, more), askForMore(mia, more)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await readAsks(owner)).toHaveLength(1);
    expect(await effective(mia)).toMatchObject({ effective: 2, granted: 0 });
  });

  test("without a limit has nothing to raise", async () => {
    await changeLimits(owner, { memberDefault: null });
    expect(await refused(askForMore(mia, more))).toEqual(["conflict", "no_limit"]);
  });

  test("is decided once, by owners and admins alone, and taken back by the asker alone", async () => {
    const [chen, viewer, admin] = [
      await makeMember(owner, "analyst"),
      await makeMember(owner, "viewer"),
      await makeMember(owner, "admin"),
    ];
    const { id } = await askForMore(mia, more);
    for (const member of [mia, chen, viewer]) {
      expect((await refused(grantMore(member, id, { credits: 4 })))[0]).toBe("forbidden");
      expect((await refused(declineMore(member, id)))[0]).toBe("forbidden");
    }
    expect((await refused(askForMore(viewer, more)))[0]).toBe("forbidden");
    expect((await refused(withdrawAsk(chen, id)))[0]).toBe("not_found");
    expect((await refused(withdrawAsk(admin, id)))[0]).toBe("not_found");
    expect(await readAsks(chen)).toEqual([]);
    expect(await readAsks(mia)).toHaveLength(1);
    const both = await Promise.allSettled([grantMore(admin, id, { credits: 4 }), grantMore(owner, id, { credits: 4 })]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await refused(declineMore(owner, id))).toEqual(["conflict", "not_open"]);
    expect(await effective(mia)).toMatchObject({ granted: 4 });
  });

  test("cannot be granted once its period is over", async () => {
    const { id } = await askForMore(mia, more);
    await given.database.superuserPool.query("update app_clock set offset_seconds = 32 * 86400");
    expect(await readAsks(owner)).toEqual([]);
    expect(await refused(grantMore(owner, id, { credits: 4 }))).toEqual(["conflict", "period_over"]);
  });

  test("is told to owners and admins, and what came of it to the asker", async () => {
    const told = async (ctx: TeamContext) =>
      (await readNotifications(ctx)).items.filter(({ kind }) => kind !== "limit_reached_percent");
    const admin = await makeMember(owner, "admin");
    const { id } = await askForMore(mia, more);
    for (const ctx of [owner, admin]) {
      expect(await told(ctx)).toMatchObject([
        { kind: "limit_asked", name: "Mia Keller", facts: { memberId: mia.member.id, credits: 4 } },
      ]);
    }
    expect(await told(mia)).toEqual([]);
    await declineMore(admin, id);
    await grantMore(owner, (await askForMore(mia, more)).id, { credits: 3 });
    expect(await told(mia)).toMatchObject([
      { kind: "limit_granted", facts: { memberId: owner.member.id, credits: 3 } },
      { kind: "limit_declined", facts: { memberId: admin.member.id } },
    ]);
  });

  test("leaves its whole story in the audit", async () => {
    const { id } = await askForMore(mia, more);
    await grantMore(owner, id, { credits: 3 });
    const { rows } = await given.database.superuserPool.query(
      "select action, member_id as by, details from audit_entry where team_id = $1 and details ? 'askId' order by id",
      [owner.team.id],
    );
    expect(rows).toEqual([
      { action: "limit.asked", by: mia.member.id, details: { askId: id, credits: 4, note: more.note } },
      {
        action: "limit.granted",
        by: owner.member.id,
        details: { askId: id, member: mia.member.id, asked: 4, credits: 3 },
      },
    ]);
  });
});
