import "server-only";
import { audit, system } from "@/lib/auth/audit";
import { asTeam } from "@/lib/auth/context";
import type { Language } from "@/lib/auth/schemas";
import { notify } from "@/lib/notifications/notify";
import type { Tx } from "@/lib/platform/db";
import { appUrl } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { composeDelivery, type HookDelivery, type HookItem } from "./compose-delivery";
import { openSecrets } from "./hook-secrets";
import { dropWaiting } from "./internal";
import { type HookExchange, judgeAnswer } from "./judge-answer";
import { pauseAfter } from "./next-try";
import { postHook } from "./post-hook";
import type { WebhookFormat, WebhookProblem } from "./schemas";

/** Longer than one request takes, over all its steps. */
const LEASE_SECONDS = 60;
/** A webhook to which nothing arrived for so long is switched off. */
const OFF_AFTER_MS = 3 * 86_400_000;
const GONE = 410;
const MOST_ANSWER = 300;

type Claimed = Omit<HookDelivery, "secrets"> & {
  attempt: number;
  triedUntil: Date;
  sealed: { keyId: string; nonce: Uint8Array; ciphertext: Uint8Array };
};
type Outcome = {
  status: number | null;
  latencyMs: number;
  problem: WebhookProblem | null;
  answer: string | null;
  retryAfter: string | null;
};

/**
 * Makes one attempt at a delivery that is due, unless another process is at it or at this webhook, or it has ended. A
 * process that dies between sending and noting it leaves the delivery to be sent again, under the same id.
 */
export async function deliverWebhook(teamId: string, id: string, { byHand = false } = {}): Promise<void> {
  const claimed = await asTeam(teamId, (tx) => claim(tx, teamId, id, byHand));
  if (!claimed) return;
  const outcome = await attempt(claimed);
  await asTeam(teamId, (tx) => note(tx, claimed, outcome));
}

async function claim(tx: Tx, teamId: string, id: string, byHand: boolean): Promise<Claimed | null> {
  const webhooks = await tx.$queryRaw<{ id: string }[]>`
    select w.id from webhook w join webhook_delivery d on d.team_id = w.team_id and d.webhook_id = w.id
    where d.team_id = ${teamId}::uuid and d.id = ${id}::uuid and w.deleted_at is null
      and (${byHand} or w.off_reason is null) for update of w`;
  if (webhooks.length === 0) return null;
  // One at a time for a webhook: a slow receiver holds nobody else up, and chats count messages by the minute.
  const taken = await tx.$queryRaw<{ attempts: number }[]>`
    update webhook_delivery d set attempts = d.attempts + 1,
      lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::int)
    where d.team_id = ${teamId}::uuid and d.id = ${id}::uuid and d.state = 'waiting'
      and d.next_try_at <= clock_timestamp() and not exists (select 1 from webhook_delivery o
        where o.team_id = d.team_id and o.webhook_id = d.webhook_id and o.state = 'waiting'
          and o.lease_until > clock_timestamp())
    returning d.attempts`;
  if (!taken[0]) return null;
  const number = taken[0].attempts;
  await tx.webhookAttempt.create({ data: { teamId, deliveryId: id, number, startedAt: new Date(), byHand } });
  return fetchClaimed(tx, teamId, id, number);
}

async function fetchClaimed(tx: Tx, teamId: string, id: string, number: number): Promise<Claimed | null> {
  const { webhook, createdAt, triedUntil } = await tx.webhookDelivery.findUniqueOrThrow({
    where: { teamId_id: { teamId, id } },
    include: { webhook: true },
  });
  const items = await tx.$queryRaw<(Omit<HookItem, "at"> & { at: Date })[]>`
    select i.dedupe, i.kind, i.facts, i.link, i.at, coalesce(u.name, k.name) as name
    from webhook_item i
      left join membership m on m.team_id = i.team_id and m.id = (i.facts ->> 'memberId')::uuid
      left join user_account u on u.id = m.user_id
      left join api_token k on k.team_id = i.team_id and k.id = (i.facts ->> 'tokenId')::uuid
    where i.team_id = ${teamId}::uuid and i.delivery_id = ${id}::uuid order by i.at, i.dedupe`;
  const team = await tx.team.findUniqueOrThrow({
    where: { id: teamId },
    select: { id: true, slug: true, name: true, timeZone: true },
  });
  const { sealedKeyId: keyId, sealedNonce: nonce, sealedText: ciphertext } = webhook;
  if (!keyId || !nonce || !ciphertext) return null;
  return {
    id,
    attempt: number,
    createdAt: createdAt.toISOString(),
    triedUntil,
    team,
    webhook: {
      id: webhook.id,
      name: webhook.name,
      format: webhook.format as WebhookFormat,
      language: webhook.language as Language,
      keyword: webhook.keyword,
    },
    sealed: { keyId, nonce, ciphertext },
    items: items.map((item) => ({ ...item, at: item.at.toISOString() })),
  };
}

async function attempt(claimed: Claimed): Promise<Outcome> {
  const startedAt = performance.now();
  const exchange = await send(claimed);
  const said = exchange.status === null ? exchange.cause : exchange.body;
  return {
    status: exchange.status,
    latencyMs: Math.round(performance.now() - startedAt),
    problem: judgeAnswer(claimed.webhook.format, exchange),
    answer: said === null ? null : said.replace(/\p{Cc}+/gu, " ").slice(0, MOST_ANSWER) || null,
    retryAfter: exchange.status === null ? null : exchange.retryAfter,
  };
}

async function send(claimed: Claimed): Promise<HookExchange> {
  let request: ReturnType<typeof composeDelivery>;
  try {
    const secrets = openSecrets(claimed.team.id, claimed.webhook.id, claimed.sealed);
    request = composeDelivery({ ...claimed, secrets }, appUrl(), new Date());
  } catch (error) {
    log().error({ err: error, delivery: claimed.id }, "a message to a webhook could not be made");
    return { status: null, problem: "unreadable", cause: null };
  }
  return postHook(request);
}

/** Only while the attempt is the newest: a later one has its own word on how it goes on. */
async function note(tx: Tx, claimed: Claimed, outcome: Outcome): Promise<void> {
  const { id: deliveryId, attempt: number, team, webhook, triedUntil } = claimed;
  const { id: teamId } = team;
  const { status, latencyMs, problem, answer, retryAfter } = outcome;
  const now = new Date();
  await tx.$executeRaw`select 1 from webhook where team_id = ${teamId}::uuid and id = ${webhook.id}::uuid for update`;
  await tx.webhookAttempt.updateMany({
    where: { teamId, deliveryId, number },
    data: { endedAt: now, status, latencyMs, problem, answer },
  });
  const nextTryAt = new Date(now.getTime() + pauseAfter(number, Math.random(), retryAfter));
  const state = problem === null ? "delivered" : nextTryAt > triedUntil ? "failed" : "waiting";
  await tx.webhookDelivery.updateMany({
    where: { teamId, id: deliveryId, attempts: number, state: "waiting" },
    data: { state, leaseUntil: null, ...(state === "waiting" ? { nextTryAt } : {}) },
  });
  if (problem !== null) log().warn({ delivery: deliveryId, attempt: number, problem, status }, "a webhook failed");
  await judgeHealth(tx, teamId, webhook, outcome, now);
}

async function judgeHealth(
  tx: Tx,
  teamId: string,
  { id, name }: Claimed["webhook"],
  { problem, status }: Outcome,
  now: Date,
): Promise<void> {
  const row = await tx.webhook.findUniqueOrThrow({ where: { teamId_id: { teamId, id } } });
  const failingSince = problem === null ? null : (row.failingSince ?? now);
  const isLong = failingSince !== null && now.getTime() - failingSince.getTime() >= OFF_AFTER_MS;
  const reason = problem === "status" && status === GONE ? "gone" : isLong ? "failing" : null;
  const goesOff = reason !== null && row.offReason === null && row.deletedAt === null;
  if (!goesOff && failingSince?.getTime() === row.failingSince?.getTime()) return;
  await tx.webhook.update({
    where: { teamId_id: { teamId, id } },
    data: { failingSince, ...(goesOff ? { offReason: reason } : {}) },
  });
  if (!goesOff) return;
  await dropWaiting(tx, teamId, id);
  await audit(tx, system(teamId), "webhook.switched_off", { webhookId: id, name, reason });
  await notify(tx, teamId, {
    kind: "webhook_off",
    to: { admins: true },
    facts: { webhookId: id, webhookName: name, reason },
    link: `/settings/webhooks/${id}`,
    dedupe: `webhook_off/${id}/${now.toISOString()}`,
  });
}
