import "server-only";
import type { Visitor } from "@/lib/auth/caller-address";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { lockAccounts } from "@/lib/auth/create-account";
import { hashPassword } from "@/lib/auth/passwords";
import { contextOfMember } from "@/lib/auth/read-context";
import type { Language } from "@/lib/auth/schemas";
import { type Cookie, noSessionCookie } from "@/lib/auth/session-token";
import type { Account } from "@/lib/auth/sessions";
import { randomToken } from "@/lib/platform/crypto";
import { db } from "@/lib/platform/db";
import { AppError, invalid } from "@/lib/platform/errors";
import { leaveTeam } from "@/lib/teams/leave-team";
import { readTeams } from "@/lib/teams/read-teams";
import { assertCode, assertPassword } from "./internal";
import type { DeleteAccountInput } from "./schemas";

export type OwnedTeam = { slug: string; name: string };

/** Teams that the person must hand over or delete before their account can go. */
export const readTeamsOwnedAlone = (account: Account): Promise<OwnedTeam[]> =>
  db().$queryRaw<OwnedTeam[]>`select slug, name from teams_owned_alone(${account.id}::uuid)`;

/** What history calls somebody whose account is gone: no name, and told apart from others. */
const pseudonymOf = (id: string, language: Language) =>
  `${language === "zh-CN" ? "已注销成员" : "Former member"} ${id.slice(-6).toUpperCase()}`;

/** A team that is being deleted keeps its owner, should somebody want it back; only the tokens end there. */
async function leave(ctx: TeamContext): Promise<void> {
  if (!ctx.team.deletesAt) return leaveTeam(ctx);
  const whose = { teamId: ctx.team.id, memberId: ctx.member.id };
  await asTeam(ctx.team.id, (tx) =>
    tx.apiToken.updateMany({ where: { ...whose, revokedAt: null }, data: { revokedAt: new Date() } }),
  );
}

/**
 * Deletes an account: leaves its teams (tokens end there), signs every browser out, frees the address and forgets
 * everything but a pseudonym, under which history stays. A second call goes on where a first one was cut off.
 * @returns the cookie that makes the browser forget its session
 * @throws `invalid_request` for a wrong password, code or confirmation; `conflict` (`last_owner`) while a team has no
 *   other owner; `too_many_requests`
 */
export async function deleteAccount(
  account: Account,
  input: DeleteAccountInput,
  language: Language,
  visitor: Visitor,
): Promise<Cookie> {
  if (input.confirmation !== account.email) throw invalid("confirmation", "confirmation_wrong");
  await assertPassword(account, input.currentPassword, "currentPassword", visitor);
  await assertCode(account, input.code, visitor);
  if ((await readTeamsOwnedAlone(account)).length > 0) throw new AppError("conflict", { reason: "owns_teams" });
  for (const { slug } of await readTeams(account.id)) {
    const ctx = await contextOfMember(slug, account.id, visitor);
    if (ctx) await leave(ctx);
  }
  const passwordHash = await hashPassword(randomToken());
  await db().$transaction(async (tx) => {
    await lockAccounts(tx);
    await tx.mail.deleteMany({ where: { toAddress: account.email } });
    await tx.session.deleteMany({ where: { userId: account.id } });
    await tx.accountLink.deleteMany({ where: { userId: account.id } });
    await tx.secondFactor.deleteMany({ where: { userId: account.id } });
    await tx.user.update({
      where: { id: account.id },
      data: {
        email: `${account.id}@deleted.invalid`,
        name: pseudonymOf(account.id, language),
        passwordHash,
        language: null,
        theme: null,
        upColor: null,
        rankingColumns: [],
        deletedAt: new Date(),
      },
    });
    await tx.accountEvent.create({ data: { userId: account.id, action: "account.deleted" } });
  });
  return noSessionCookie();
}
