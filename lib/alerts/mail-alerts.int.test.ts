import { describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { type MailRow, openMail } from "@/lib/mail/open-mail";
import { countUnread } from "@/lib/notifications/count-unread";
import { notify } from "@/lib/notifications/notify";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { db } from "@/lib/platform/db";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { startMailServer } from "@/lib/testing/mail-server";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { createRule } from "./create-rule";
import { evaluateAnswers } from "./evaluate-answers";
import { mailAlerts } from "./mail-alerts";
import { readPreference } from "./read-preference";
import { savePreference } from "./save-preference";
import { type AlertPreference, alertPreferenceSchema, alertRuleInputSchema } from "./schemas";

const { given, bought } = pastPurchases();

const wish = async (ctx: TeamContext, over: Partial<AlertPreference>) =>
  savePreference(ctx, { ...(await readPreference(ctx)), ...over });
const popular = (posts: number) => [wireRow(1, { third_ecom_category: { id: "501", value: "Perfume" }, post: posts })];
const mailsTo = async (ctx: TeamContext) => {
  const { email } = await db().user.findUniqueOrThrow({ where: { id: ctx.member.userId } });
  return db().mail.findMany({ where: { toAddress: email, kind: "alerts" } });
};

/** One alert about Perfume in the US, told to whoever hears of it. */
async function alertIn(ctx: TeamContext) {
  await bought(ctx, new Date(Date.now() - 48 * 3_600_000).toISOString(), popular(1000));
  const rule = { condition: "rises_by", metric: "posts", value: 25, categoryId: "501", region: "US", window: "7" };
  await createRule(ctx, alertRuleInputSchema.parse(rule));
  await given.database.superuserPool.query("update alert_rule set created_at = now() - interval '1 hour'");
  await bought(ctx, new Date().toISOString(), popular(1400));
  await evaluateAnswers();
}

describe("an alert", () => {
  test("is told as each member chose: in the app, by mail, of all rules or of their own", async () => {
    const owner = await makeTeam();
    const [all, own] = [await makeMember(owner, "viewer"), await makeMember(owner, "admin")];
    await wish(owner, { inApp: false, mail: "at_once" });
    await wish(all, { hears: "all" });
    await alertIn(owner);
    expect([await countUnread(owner), await countUnread(all), await countUnread(own)]).toEqual([0, 1, 0]);
    await Promise.all([mailAlerts(), mailAlerts()]);
    const [mail, ...more] = await mailsTo(owner);
    expect(more).toEqual([]);
    expect(await mailsTo(all)).toEqual([]);

    const server = await startMailServer();
    await deliverMail(mail?.id ?? "", { url: server.url, from: "Nichebook <book@luma.example>" });
    expect(server.received).toMatchObject([{ subject: expect.stringContaining("1 alert from") }]);
    expect(server.received[0]?.text).toContain("Popularity (ads) +40.0%");
    expect(server.received[0]?.html).toContain("Popularity (ads) +40.0%");
    await server.stop();
  });

  test("waits for the digest, and everything that waits goes in one mail", async () => {
    const ctx = await makeTeam();
    await wish(ctx, { mail: "weekly" });
    await alertIn(ctx);
    await mailAlerts();
    expect(await mailsTo(ctx)).toEqual([]);
    const { rowCount } = await given.database.superuserPool.query(
      "update alert_mail set due_at = now() where team_id = $1",
      [ctx.team.id],
    );
    expect(rowCount).toBe(1);
    await mailAlerts();
    await mailAlerts();
    expect(await mailsTo(ctx)).toHaveLength(1);
  });

  test("is mailed together with notices about limits, which each member gets by the same wish, once", async () => {
    const ctx = await makeTeam();
    const [other, silent] = [await makeMember(ctx, "admin"), await makeMember(ctx, "admin")];
    await wish(ctx, { mail: "at_once" });
    await wish(other, { mail: "daily" });
    await alertIn(ctx);
    const notice = {
      kind: "limit_reached_percent" as const,
      to: { memberIds: [ctx.member.id], admins: true },
      facts: {
        upstream: "sandbox" as const,
        scope: "member" as const,
        memberId: ctx.member.id,
        percent: 100 as const,
        limitCredits: 100,
        usedCredits: 100,
        leftCredits: 0,
        periodStart: "2026-11-01",
        resetsAt: "2026-12-01T00:00:00Z",
      },
      link: "/credits",
      dedupe: "limit/test",
    };
    for (const _again of [1, 2]) await asTeam(ctx.team.id, (tx) => notify(tx, ctx.team.id, notice));
    await Promise.all([mailAlerts(), mailAlerts()]);
    await mailAlerts();
    const [mail, ...more] = await mailsTo(ctx);
    expect(more).toEqual([]);
    const { subject, text } = openMail(mail as MailRow);
    expect(subject).toBe("2 alerts from Luma Trading");
    expect(text).toContain("Your limit is reached\n100 of 100 credits used in November · nothing left · resets 1 Dec");
    expect(text).toContain("Popularity (ads) +40.0%");
    expect(await mailsTo(other)).toEqual([]);
    await given.database.superuserPool.query("update notice_mail set due_at = now() where team_id = $1", [ctx.team.id]);
    await mailAlerts();
    const [later] = await mailsTo(other);
    expect(openMail(later as MailRow).text).toContain("’s limit is reached");
    expect(openMail(later as MailRow).text).toContain(`/t/${ctx.team.slug}/notifications`);
    expect(await mailsTo(silent)).toEqual([]);
  });

  test("of a limit or of the provider is told where each member wishes; owners always see limits in the app", async () => {
    const owner = await makeTeam();
    const [mailed, shown] = [await makeMember(owner, "admin"), await makeMember(owner, "admin")];
    await expect(wish(owner, { limitsInApp: false })).rejects.toMatchObject({
      details: { errors: [{ path: "limitsInApp", message: "alert_owner_limits" }] },
    });
    await wish(owner, { providerInApp: false, mail: "at_once", limitsMailed: false, alertsMailed: false });
    await wish(mailed, { limitsInApp: false, providerInApp: false, mail: "at_once" });
    await wish(shown, { mail: "at_once", limitsMailed: false, providerMailed: false });
    // What was wished before somebody became an owner does not keep limits from them.
    const newOwner = await makeMember(owner, "admin");
    await wish(newOwner, { limitsInApp: false });
    await given.database.superuserPool.query("update membership set role = 'owner' where id = $1", [
      newOwner.member.id,
    ]);
    const key = { upstream: "sandbox" as const, lastFour: "ab12" };
    const changed = { region: "US", window: "7", kind: "unit" as const, metric: "cost", factor: 100, more: 0 };
    const everybody = { memberIds: [owner, mailed, shown, newOwner].map(({ member }) => member.id) };
    const told = await asTeam(owner.team.id, async (tx) => [
      await notify(tx, owner.team.id, {
        kind: "key_rejected",
        to: everybody,
        facts: key,
        link: "/settings/key",
        dedupe: "key/test",
      }),
      await notify(tx, owner.team.id, {
        kind: "provider_changed",
        to: everybody,
        facts: { upstream: "sandbox", ...changed },
        link: "/alerts/provider",
        dedupe: "provider/test",
      }),
    ]);
    expect(told).toEqual([4, 4]);
    const inbox = async (ctx: TeamContext) => (await readNotifications(ctx)).items.map(({ kind }) => kind).sort();
    expect(await inbox(owner)).toEqual(["key_rejected"]);
    expect([await inbox(mailed), await countUnread(mailed)]).toEqual([[], 0]);
    expect(await inbox(shown)).toEqual(["key_rejected", "provider_changed"]);
    expect(await inbox(newOwner)).toEqual(["key_rejected", "provider_changed"]);
    expect((await readPreference({ ...newOwner, member: { ...newOwner.member, role: "owner" } })).limitsInApp).toBe(
      true,
    );
    await mailAlerts();
    const texts = async (ctx: TeamContext) => (await mailsTo(ctx)).map((mail) => openMail(mail as MailRow).text);
    expect(await texts(owner)).toEqual([expect.stringContaining("The provider gives Ad spend in another unit")]);
    expect((await texts(owner))[0]).not.toContain("ab12");
    const [both, ...others] = await texts(mailed);
    expect(others).toEqual([]);
    for (const words of ["ab12", "in another unit"]) expect(both).toContain(words);
    expect(await texts(shown)).toEqual([]);
  });

  test.each([
    ["at_once", null, null, "2026-11-27 14:20", "2026-11-27 14:20"],
    ["at_once", 9, 18, "2026-11-27 14:20", "2026-11-27 18:00"],
    ["at_once", 22, 7, "2026-11-27 23:10", "2026-11-28 07:00"],
    ["at_once", 22, 7, "2026-11-28 06:59", "2026-11-28 07:00"],
    ["at_once", 22, 7, "2026-11-28 07:00", "2026-11-28 07:00"],
    ["daily", null, null, "2026-11-27 07:59", "2026-11-27 08:00"],
    ["daily", null, null, "2026-11-27 08:00", "2026-11-28 08:00"],
    ["weekly", null, null, "2026-11-27 14:20", "2026-11-30 08:00"],
    ["weekly", null, null, "2026-11-30 08:00", "2026-12-07 08:00"],
  ])("is mailed %s (quiet from %s to %s) when told at %s: at %s", async (mail, from, to, at, expected) => {
    const { rows } = await given.database.superuserPool.query(
      "select to_char(alert_mail_at($1, 8, 1, $2, $3, $4::timestamp), 'YYYY-MM-DD HH24:MI') as due",
      [mail, from, to, at],
    );
    expect(rows).toEqual([{ due: expected }]);
  });

  test("is heard of by wishes that make sense only", async () => {
    const usual = await readPreference(await makeTeam());
    const wrong = (over: object) => alertPreferenceSchema.safeParse({ ...usual, ...over }).error?.issues[0]?.message;
    expect(wrong({})).toBeUndefined();
    expect(wrong({ quietFrom: 22 })).toBe("alert_quiet_both");
    expect(wrong({ quietFrom: 7, quietTo: 7 })).toBe("alert_quiet_same");
    expect(wrong({ digestHour: 24 })).toBe("alert_hour_unknown");
    expect(wrong({ digestWeekday: 0 })).toBe("alert_weekday_unknown");
    expect(wrong({ mail: "hourly" })).toBe("alert_mail_unknown");
  });
});
