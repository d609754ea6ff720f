import "server-only";
import { RateLimiterPostgres } from "rate-limiter-flexible";
import { db, ledgerPool } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { type Actor, type AuditDetails, audit, auditInTeams } from "./audit";
import type { Visitor } from "./caller-address";
import { asTeam } from "./context";

const HOUR_SECONDS = 60 * 60;

const counterOfPool = new WeakMap<object, RateLimiterPostgres>();

/** How often the same was refused to the same subject within an hour, this time included. */
async function countRefusal(subject: string, what: string): Promise<number> {
  const pool = ledgerPool();
  const counter =
    counterOfPool.get(pool) ??
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: "pool",
      tableName: "rate_limit",
      tableCreated: true,
      keyPrefix: "refused",
      points: Number.MAX_SAFE_INTEGER,
      duration: HOUR_SECONDS,
    });
  counterOfPool.set(pool, counter);
  return (await counter.consume(`${subject}/${what}`.slice(0, 200))).consumedPoints;
}

/** The 1st, 10th, 100th … of an hour is noted, with its count: a flood of refusals leaves a handful of entries. */
export const isNoted = (count: number): boolean => /^10*$/.test(String(count));

/** A refusal stays one, whether it can be noted or not. */
async function bounded(subject: string, what: string, note: (count: number) => Promise<void>): Promise<void> {
  try {
    const count = await countRefusal(subject, what);
    if (isNoted(count)) await note(count);
  } catch (error) {
    log().warn({ err: error, what }, "a refusal could not be noted");
  }
}

/** Notes in the team's log what a member or token of it was refused. Never throws. */
export function noteRefusal(
  actor: Actor & { readonly member: { readonly id: string } },
  action: "permission.refused" | "token.refused",
  reason: string,
  details: AuditDetails = {},
): Promise<void> {
  return bounded(actor.token?.id ?? actor.member.id, reason, (count) =>
    asTeam(actor.team.id, (tx) => audit(tx, actor, action, { reason, count, ...details })),
  );
}

/** Notes a wrong password, or a wrong code after the right one, in the log of every team of its account. Never throws. */
export function noteFailedSignIn(
  userId: string,
  visitor: Visitor,
  what: "failed" | "second_factor_failed" = "failed",
): Promise<void> {
  return bounded(userId, `sign_in.${what}`, (count) =>
    db().$transaction((tx) => auditInTeams(tx, userId, `sign_in.${what}`, visitor, { count })),
  );
}
