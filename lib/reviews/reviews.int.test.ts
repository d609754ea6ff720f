import { describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { ROLES } from "@/lib/auth/permissions";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { db } from "@/lib/platform/db";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import {
  asDingtalk,
  asFeishu,
  asSlack,
  asWecom,
  type ReceivedHook,
  startHookReceiver,
} from "@/lib/testing/hook-receiver";
import { startMailServer } from "@/lib/testing/mail-server";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { collectItems } from "@/lib/webhooks/collect-items";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { deliverWebhook } from "@/lib/webhooks/deliver-webhook";
import { createWebhookSchema } from "@/lib/webhooks/schemas";
import { chooseReview } from "./choose-review";
import { readReviews, readSentReview } from "./read-reviews";
import { saveComment } from "./save-comment";
import { saveReviewSetting } from "./save-setting";
import { sendReviews } from "./send-reviews";

const { given, bought } = pastPurchases();
const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const page = (posts: number) =>
  Array.from({ length: 3 }, (_, index) =>
    wireRow(index + 1, { third_ecom_category: { id: String(500 + index), value: `Name ${500 + index}` }, post: posts }),
  );
const mailsTo = async (ctx: TeamContext) => {
  const { email } = await db().user.findUniqueOrThrow({ where: { id: ctx.member.userId } });
  return db().mail.findMany({ where: { toAddress: email, kind: "review" } });
};

/** A team whose review was due a minute ago or more, by its own clock; chosen by its owner. */
async function teamThatIsDue() {
  const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
  const { rows } = await given.database.superuserPool.query(
    `select extract(isodow from n.at)::int as weekday, extract(hour from n.at)::int as hour,
       date_trunc('week', n.at)::date::text as week
     from (select app_now() at time zone 'Asia/Shanghai' as at) n`,
  );
  const { weekday, hour, week } = rows[0];
  await saveReviewSetting(ctx, { isOn: true, weekday, hour });
  await chooseReview(ctx, { isMine: true });
  return { ctx, week };
}
const sinceLastYear = (ctx: TeamContext) =>
  given.database.superuserPool.query(
    "update weekly_review_setting set changed_at = now() - interval '1 year' where team_id = $1",
    [ctx.team.id],
  );

describe("a weekly review", () => {
  test("goes out once, with what moved, what it cost and the comment, to whoever chose it, and is received", async () => {
    const { ctx, week } = await teamThatIsDue();
    const other = await makeMember(ctx, "viewer");
    await bought(ctx, ago(9), page(1000));
    await bought(ctx, ago(1), page(1400));
    await sendReviews();
    // What was due before it was switched on is nobody's.
    expect(await mailsTo(ctx)).toEqual([]);
    await saveComment(ctx, week, { comment: "Perfume takes off.\n{{7*7}} <b>Stock</b> is ordered." });
    await sinceLastYear(ctx);
    await Promise.all([sendReviews(), sendReviews()]);
    await sendReviews();
    const [mail, ...more] = await mailsTo(ctx);
    expect([more, await mailsTo(other)]).toEqual([[], []]);

    const server = await startMailServer();
    await deliverMail(mail?.id ?? "", { url: server.url, from: "Nichebook <book@luma.example>" });
    const [received] = server.received;
    await server.stop();
    expect(received?.subject).toContain("the week in review");
    for (const told of ["Perfume takes off", "+40.0%", "3 up, 0 down", "4 credits"]) {
      expect(received?.text).toContain(told);
      expect(received?.html).toContain(told);
    }
    expect(received?.html).not.toContain("<b>Stock");
    expect(await readSentReview(ctx, week)).toMatchObject({
      readers: 1,
      facts: { counts: { up: 3 }, spentCredits: 4 },
    });
    expect((await readReviews(ctx)).sent).toMatchObject([{ week, readers: 1 }]);
    const late = saveComment(ctx, week, { comment: "Too late" });
    await expect(late).rejects.toMatchObject({ code: "conflict", details: { reason: "review_sent" } });
  });

  test("goes once to each webhook that wants it, in the form and language of its own, also when nobody wants a mail", async () => {
    const { ctx, week } = await teamThatIsDue();
    await chooseReview(ctx, { isMine: false });
    const receiver = await startHookReceiver();
    const kinds: Record<string, (hook: ReceivedHook) => { status: number; body?: unknown }> = {
      json: () => ({ status: 204 }),
      slack: asSlack,
      feishu: asFeishu("s3", "复"),
      dingtalk: asDingtalk("s3", "复"),
      wecom: asWecom,
    };
    receiver.answer((hook) => kinds[hook.path.split(/[/?]/)[1] ?? ""]?.(hook) ?? { status: 404 });
    for (const format of Object.keys(kinds)) {
      for (const language of ["en", "zh-CN"]) {
        const url = `${receiver.url}/${format}?key=robot&language=${language}`;
        const bot = { botSecret: "s3", keyword: "复", language, limits: false, timing: "weekly" };
        const webhook = { ...bot, name: `${format} ${language}`, format, url, reviews: true };
        await createWebhook(ctx, createWebhookSchema.parse(webhook));
      }
    }
    await createWebhook(
      ctx,
      createWebhookSchema.parse({ name: "Silent", format: "json", url: receiver.url, language: "en", limits: true }),
    );
    await bought(ctx, ago(9), page(1000));
    await bought(ctx, ago(1), page(1400));
    await saveComment(ctx, week, { comment: `Perfume <!channel> takes off.\n${"很".repeat(1500)}` });
    await sinceLastYear(ctx);
    await Promise.all([sendReviews(), sendReviews()]);
    await sendReviews();
    await collectItems();
    const deliveries = await db().$queryRaw<{ id: string }[]>`select id from webhook_deliveries_waiting(100)`;
    for (const { id } of deliveries) await deliverWebhook(ctx.team.id, id);
    await receiver.stop();

    const { rows } = await given.database.superuserPool.query(
      `select w.name, d.state, d.attempts from webhook_delivery d
       join webhook w on w.id = d.webhook_id where d.team_id = $1 order by 1`,
      [ctx.team.id],
    );
    expect(rows).toHaveLength(10);
    expect(rows.every(({ state, attempts }) => state === "delivered" && attempts === 1)).toBe(true);
    const words = {
      en: ["the week in review", "3 up, 0 down", "United States", "Spent in these seven days: 4 credits"],
      "zh-CN": ["本周复盘", "上升 3，下降 0", "美国", "这七天花费 4 积分"],
    };
    for (const { path, body } of receiver.received) {
      const said = words[path.includes("zh-CN") ? "zh-CN" : "en"];
      for (const word of [...said, "takes off", "+40.0%", `/alerts/review/${week}`]) expect(body).toContain(word);
      if (!path.startsWith("/json")) expect(body).not.toContain("<!channel>");
    }
    expect((await readReviews(ctx)).sent).toMatchObject([{ week, readers: 0, webhooks: 10 }]);
  });

  test("of an empty week says so, and one that is switched off goes to nobody", async () => {
    const { ctx } = await teamThatIsDue();
    await sinceLastYear(ctx);
    const { setting, coming } = await readReviews(ctx);
    expect(coming.facts).toMatchObject({ moves: [], spentCredits: 0 });
    await saveReviewSetting(ctx, { ...setting, isOn: false });
    await sinceLastYear(ctx);
    await sendReviews();
    expect(await mailsTo(ctx)).toEqual([]);
    await saveReviewSetting(ctx, setting);
    await sinceLastYear(ctx);
    await sendReviews();
    const [mail] = await mailsTo(ctx);
    const server = await startMailServer();
    await deliverMail(mail?.id ?? "", { url: server.url, from: "Nichebook <book@luma.example>" });
    expect(server.received[0]?.text).toContain("Nothing moved that can be compared");
    await server.stop();
  });

  test.each(ROLES)("lets a %s choose it; comments and the hour are as the role allows", async (role) => {
    const owner = await makeTeam();
    const ctx = role === "owner" ? owner : await makeMember(owner, role);
    expect(await chooseReview(ctx, { isMine: true })).toEqual({ isMine: true });
    expect((await readReviews(ctx)).isMine).toBe(true);
    const commenting = saveComment(ctx, "2026-11-30", { comment: "Mine", version: 1 });
    if (role === "viewer") await expect(commenting).rejects.toMatchObject({ code: "forbidden" });
    else expect(await commenting).toMatchObject({ comment: "Mine", commentedBy: ctx.member.name });
    const setting = saveReviewSetting(ctx, { isOn: true, weekday: 5, hour: 16 });
    if (role === "owner" || role === "admin") expect(await setting).toMatchObject({ hour: 16 });
    else await expect(setting).rejects.toMatchObject({ code: "forbidden" });
  });

  test("whose comment somebody else changed meanwhile is a conflict, and a week is named by its Monday", async () => {
    const ctx = await makeTeam();
    await saveComment(ctx, "2026-11-30", { comment: "One", version: 1 });
    await saveComment(ctx, "2026-11-30", { comment: "Two", version: 1 });
    const stale = saveComment(ctx, "2026-11-30", { comment: "Three", version: 1 });
    await expect(stale).rejects.toMatchObject({ code: "conflict", details: { reason: "edited_meanwhile" } });
    await expect(saveComment(ctx, "2026-12-01", { comment: "" })).rejects.toMatchObject({ code: "invalid_request" });
  });
});
