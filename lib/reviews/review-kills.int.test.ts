import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { db } from "@/lib/platform/db";
import { makeTeam } from "@/lib/testing/factories";
import { type HookReceiver, startHookReceiver } from "@/lib/testing/hook-receiver";
import { type MailServer, startMailServer } from "@/lib/testing/mail-server";
import { purchases } from "@/lib/testing/purchases";
import { KILL_MS, mortalWorkers } from "@/lib/testing/with-worker-process";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { createWebhookSchema } from "@/lib/webhooks/schemas";
import { chooseReview } from "./choose-review";
import { saveReviewSetting } from "./save-setting";

const given = purchases();
const TEAMS = 6;
const SLOW_MS = 240_000;
const query = async (sql: string, ...values: unknown[]) => (await given.database.superuserPool.query(sql, values)).rows;
const count = async (what: string) => (await query(`select count(*)::int as n from ${what}`))[0]?.n as number;
const until = (isSo: () => boolean | Promise<boolean>) => vi.waitUntil(isSo, { timeout: SLOW_MS, interval: 50 });

let receiver: HookReceiver;
let mails: MailServer;
let workers: ReturnType<typeof mortalWorkers>;
beforeAll(async () => {
  [receiver, mails] = await Promise.all([startHookReceiver(), startMailServer()]);
  workers = mortalWorkers({ SMTP_URL: mails.url });
});
afterEach(() => workers.killAll());
afterAll(() => Promise.all([receiver.stop(), mails.stop()]));

/** A team whose review is due now, wanted by its owner and by a program. */
async function teamThatIsDue(): Promise<TeamContext> {
  const ctx = await makeTeam();
  const address = { name: "Chat", format: "json", url: receiver.url, language: "en", limits: false, reviews: true };
  await createWebhook(ctx, createWebhookSchema.parse(address));
  await chooseReview(ctx, { isMine: true });
  const [now] = await query(
    `select extract(isodow from at)::int as weekday, extract(hour from at)::int as hour
     from (select app_now() at time zone $1 as at) n`,
    ctx.team.timeZone,
  );
  await saveReviewSetting(ctx, { isOn: true, weekday: now?.weekday, hour: now?.hour });
  await query("update weekly_review_setting set changed_at = now() - interval '1 day' where team_id = $1", ctx.team.id);
  return ctx;
}
const manyThatAreDue = async () => {
  const teams: TeamContext[] = [];
  for (let one = 0; one < TEAMS; one += 1) teams.push(await teamThatIsDue());
  return teams;
};
const sent = () => count("weekly_review where sent_at is not null");

/** A worker that has marked a review as sent, and dies before it has written to whom. */
async function killInTheMiddle() {
  const holder = await given.database.superuserPool.connect();
  await holder.query("begin; lock table webhook_item in share mode");
  workers.start(1);
  await until(async () => {
    const waiting = `pg_locks where not granted and relation = 'webhook_item'::regclass
      and database = (select oid from pg_database where datname = current_database())`;
    return (await count(waiting)) > 0;
  });
  await workers.killAll();
  await holder.query("rollback");
  holder.release();
  const laidDown = await Promise.all([sent(), count("webhook_item"), count("mail where kind = 'review'")]);
  expect(laidDown).toEqual([0, 0, 0]);
}

/** What the dead held is free at once, and what waits for its next try is due. */
const hurry = async () => {
  const free = "lease_until = case when $1 then null else lease_until end";
  await query(
    `update webhook_delivery set next_try_at = now(), ${free} where state = 'waiting'`,
    workers.isNobodyAlive(),
  );
  await query(`update mail set next_try_at = now(), ${free} where ended_at is null`, workers.isNobodyAlive());
};

test("workers that are killed at random send each weekly review once, to its reader and to its webhook", {
  timeout: KILL_MS + 2 * SLOW_MS,
}, async () => {
  const teams = await manyThatAreDue();
  await killInTheMiddle();
  receiver.answer(() => ({ status: receiver.received.length % 3 === 0 ? 500 : 204 }));
  workers.start(2);
  for (const end = Date.now() + KILL_MS; ; ) {
    const some = (await sent()) + Math.floor(Math.random() * 3);
    await until(async () => (await sent()) >= Math.min(some, teams.length));
    await workers.kill();
    workers.start(1);
    if (Date.now() >= end) break;
    teams.push(...(await manyThatAreDue()));
  }
  await until(async () => (await sent()) === teams.length);
  await workers.killAll();
  await hurry();
  workers.start(1);
  await until(async () => {
    await hurry();
    const left = ["webhook_delivery where state = 'waiting'", "webhook_item where delivery_id is null"];
    return (await Promise.all([...left, "mail where ended_at is null"].map(count))).every((one) => one === 0);
  });
  await workers.killAll();

  const written = await db().mail.findMany({ where: { kind: "review" }, orderBy: { toAddress: "asc" } });
  const owners = await db().user.findMany({ orderBy: { email: "asc" } });
  expect(written.map(({ toAddress }) => toAddress)).toEqual(owners.map(({ email }) => email));
  expect(await query("select readers, webhooks, count(*)::int as n from weekly_review group by 1, 2")).toEqual([
    { readers: 1, webhooks: 1, n: teams.length },
  ]);
  // What came twice came under one id: a mail's Message-ID, a message's webhook-id.
  const idsOf = (told: { of: string; id: string }[]) => {
    const ids = new Map<string, Set<string>>();
    for (const { of, id } of told) ids.set(of, (ids.get(of) ?? new Set()).add(id));
    return ids;
  };
  const mailed = idsOf(mails.received.map(({ to, messageId }) => ({ of: to, id: messageId })));
  const told = idsOf(
    receiver.received.map(({ json, headers }) => {
      const { team, items } = json.data as { team: { id: string }; items: { kind: string }[] };
      expect(items.map(({ kind }) => kind)).toEqual(["review"]);
      return { of: team.id, id: String(headers["webhook-id"]) };
    }),
  );
  expect([mailed.size, told.size]).toEqual([teams.length, teams.length]);
  expect([...mailed.values(), ...told.values()].every(({ size }) => size === 1)).toBe(true);
  expect(receiver.received.length).toBeGreaterThan(teams.length);
});
