import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { applyLimits, type LimitChange } from "./apply-limits";
import { fetchLimits } from "./internal";
import type { ChangeLimitsInput, Limits } from "./limit-schemas";

/**
 * Sets or with null removes limits a month, all or none of them, from the running period on. Beneath what is spent
 * nothing more is granted. @throws `invalid_request` at the place of a member or token that the team does not have;
 * `forbidden` (`session_needed`) for a token that lifts its own
 */
export async function changeLimits(ctx: TeamContext, input: ChangeLimitsInput): Promise<Limits> {
  return withTeam(ctx, "limits:set", async (tx) => {
    await refuseUnknown(tx, ctx.team.id, input);
    await refuseOwnLift(tx, ctx, input);
    await applyLimits(tx, ctx, changesOf(ctx.team.id, input));
    return fetchLimits(tx, ctx);
  });
}

function changesOf(teamId: string, input: ChangeLimitsInput): LimitChange[] {
  const { team, memberDefault, schedules, members = [], tokens = [] } = input;
  const ofTeam = [
    { scope: "team", credits: team },
    { scope: "schedules", credits: schedules },
    { scope: "member_default", credits: memberDefault },
  ] as const;
  return [
    ...ofTeam.flatMap(({ scope, credits }) => (credits === undefined ? [] : [{ scope, subjectId: teamId, credits }])),
    ...members.map(({ id, credits }) => ({ scope: "member" as const, subjectId: id, credits })),
    ...tokens.map(({ id, credits }) => ({ scope: "token" as const, subjectId: id, credits })),
  ];
}

async function refuseUnknown(tx: Tx, teamId: string, { members = [], tokens = [] }: ChangeLimitsInput): Promise<void> {
  const ids = (list: { id: string }[]) => ({ in: list.map(({ id }) => id) });
  const found = [
    ...(await tx.membership.findMany({ where: { teamId, id: ids(members), removedAt: null }, select: { id: true } })),
    ...(await tx.apiToken.findMany({ where: { teamId, id: ids(tokens), revokedAt: null }, select: { id: true } })),
  ];
  const known = new Set(found.map(({ id }) => id));
  const missing = (list: { id: string }[], name: string, message: string) =>
    list.flatMap(({ id }, index) => (known.has(id) ? [] : [{ path: `${name}.${index}.id`, message }]));
  const errors = [...missing(members, "members", "member_unknown"), ...missing(tokens, "tokens", "token_not_here")];
  if (errors.length > 0) throw new AppError("invalid_request", { errors });
}

async function refuseOwnLift(tx: Tx, { team, token }: TeamContext, { tokens = [] }: ChangeLimitsInput): Promise<void> {
  const asked = tokens.filter(({ id }) => id === token?.id);
  if (!token || asked.length === 0) return;
  const limit = await tx.creditLimit.findFirst({ where: { teamId: team.id, scope: "token", subjectId: token.id } });
  if (limit && asked.some(({ credits }) => credits === null || credits > limit.credits)) {
    throw new AppError("forbidden", { reason: "session_needed" });
  }
}
