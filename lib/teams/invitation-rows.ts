import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { allows, type Role } from "@/lib/auth/permissions";
import { LANGUAGES, type Language } from "@/lib/auth/schemas";
import { writeMail } from "@/lib/mail/write-mail";
import { randomToken, sha256Hex } from "@/lib/platform/crypto";
import { db, type Prisma, type Tx } from "@/lib/platform/db";
import { appUrl } from "@/lib/platform/env";
import { AppError, notFound } from "@/lib/platform/errors";
import type { Invitation, InvitationLink, Invited } from "./schemas";

const VALID_MS = 7 * 86_400_000;

export const INVITATION_FIELDS = {
  id: true,
  email: true,
  role: true,
  limitCredits: true,
  sentAt: true,
  expiresAt: true,
  acceptedAt: true,
  revokedAt: true,
  createdBy: { select: { user: { select: { name: true } } } },
} satisfies Prisma.InvitationSelect;
export type InvitationRow = Prisma.InvitationGetPayload<{ select: typeof INVITATION_FIELDS }>;

export const toInvitation = (row: InvitationRow, now: Date): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role as Role,
  limitCredits: row.limitCredits,
  invitedBy: row.createdBy.user.name,
  sentAt: row.sentAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  isExpired: row.expiresAt <= now,
});

/** An invitation that nobody used or took back; it may have expired. @throws `not_found`, `conflict` */
export async function fetchUnused(tx: Tx, teamId: string, id: string): Promise<InvitationRow> {
  const row = await tx.invitation.findFirst({ where: { teamId, id }, select: INVITATION_FIELDS });
  if (!row) throw notFound();
  if (row.acceptedAt) throw new AppError("conflict", { reason: "invitation_used" });
  if (row.revokedAt) throw new AppError("conflict", { reason: "invitation_revoked" });
  return row;
}

/** A new secret, and how long it opens the door. Only its hash is kept. */
export function newTicket(now: Date) {
  const token = randomToken();
  return {
    token,
    columns: { tokenHash: sha256Hex(token), sentAt: now, expiresAt: new Date(now.getTime() + VALID_MS) },
  };
}

/**
 * The link, told here once, and mailed where the invitation is to an address: in the language of whoever has it, else
 * the team's for new members, else the inviter's.
 */
export async function handOut(
  tx: Tx,
  ctx: TeamContext,
  row: InvitationRow,
  { token, language: own }: { token: string; language: Language },
): Promise<InvitationLink> {
  const link = `/invite/${token}`;
  if (row.email) {
    const invited = await tx.user.findUnique({ where: { email: row.email }, select: { language: true } });
    const team = await tx.team.findUniqueOrThrow({ where: { id: ctx.team.id }, select: { memberLanguage: true } });
    const wanted = invited?.language ?? team.memberLanguage;
    const language = LANGUAGES.find((known) => known === wanted) ?? own;
    const facts = { team: ctx.team.name, inviter: ctx.member.name, link };
    const expiresAt = new Date(Date.now() + VALID_MS);
    await writeMail(tx, { kind: "invitation", to: row.email, language, facts, expiresAt });
  }
  return { ...toInvitation(row, row.sentAt), url: appUrl() + link };
}

/** Takes back what somebody invited to and may give no more: with their role, or, without one, at all. */
export async function revokeInvitationsOf(tx: Tx, teamId: string, memberId: string, role: Role | null): Promise<void> {
  if (role === "owner") return;
  const mayInvite = role !== null && allows(role, "members:write");
  await tx.invitation.updateMany({
    where: {
      teamId,
      createdById: memberId,
      acceptedAt: null,
      revokedAt: null,
      ...(mayInvite ? { role: "owner" } : {}),
    },
    data: { revokedAt: new Date() },
  });
}

type FoundRow = {
  team_id: string;
  id: string;
  team_name: string;
  team_slug: string;
  team_language: string | null;
  invited_by: string;
  email: string | null;
  role: Role;
  state: Invited["state"];
};

/** What the holder of a token is invited to, across teams; null for a token that is none. */
export async function findInvitation(token: string): Promise<{ teamId: string; id: string; invited: Invited } | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const [row] = await db().$queryRaw<FoundRow[]>`select * from find_invitation(${sha256Hex(token)})`;
  if (!row) return null;
  const team = { name: row.team_name, slug: row.team_slug };
  const { email, role, state, invited_by: invitedBy } = row;
  return { teamId: row.team_id, id: row.id, invited: { team, email, role, state, invitedBy } };
}
