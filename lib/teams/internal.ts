import "server-only";
import { randomUUID } from "node:crypto";
import type { TeamContext } from "@/lib/auth/context";
import { allows, type Permission, type Role } from "@/lib/auth/permissions";
import { seal } from "@/lib/platform/crypto";
import type { Prisma, Tx } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { AppError, notFound } from "@/lib/platform/errors";
import { runtime } from "@/lib/platform/runtime";
import type { KeyStatus, Member } from "./schemas";

export type Upstream = "live" | "sandbox";

const VENDOR_HOST = "api.keyapi.ai";

/** Locks the team's row, so that changes of its key, members or settings follow one another; rows may still point to it. */
export async function lockTeam(tx: Tx, teamId: string): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`select 1 from team where id = ${teamId}::uuid for no key update`;
  if (rows.length === 0) throw notFound();
}

/**
 * Locks the team's row, so that changes of who may do what follow one another, and asks anew what the asker may: their
 * role may be another than when the request began. @returns the role of now @throws `not_found`, `forbidden`
 */
export async function lockTeamAs(tx: Tx, ctx: TeamContext, permission: Permission): Promise<Role> {
  await lockTeam(tx, ctx.team.id);
  const role = (await fetchMember(tx, ctx.team.id, ctx.member.id)).role as Role;
  if (!allows(role, permission)) throw new AppError("forbidden", { reason: permission });
  return role;
}

export const MEMBER_FIELDS = {
  id: true,
  role: true,
  createdAt: true,
  user: { select: { name: true, email: true } },
} satisfies Prisma.MembershipSelect;
export type MemberRow = Prisma.MembershipGetPayload<{ select: typeof MEMBER_FIELDS }>;

/** Somebody who is in the team now. @throws `not_found` */
export async function fetchMember(tx: Tx, teamId: string, id: string): Promise<MemberRow> {
  const member = await tx.membership.findFirst({ where: { teamId, id, removedAt: null }, select: MEMBER_FIELDS });
  if (!member) throw notFound();
  return member;
}

export const toMember = ({ id, role, createdAt, user }: MemberRow): Member => ({
  id,
  name: user.name,
  email: user.email,
  role: role as Role,
  joinedAt: createdAt.toISOString(),
});

/** Only an owner makes, changes or removes owners. @throws `forbidden` (`owners_only`) */
export function assertMayGive(own: Role, ...roles: string[]): void {
  if (own !== "owner" && roles.includes("owner")) throw new AppError("forbidden", { reason: "owners_only" });
}

/** For a good message: that an owner remains is held by a trigger. @throws `conflict` (`last_owner`) */
export async function assertOwnerBeside(tx: Tx, teamId: string, member: MemberRow): Promise<void> {
  if (member.role !== "owner") return;
  const others = await tx.membership.count({
    where: { teamId, role: "owner", removedAt: null, id: { not: member.id } },
  });
  if (others === 0) throw new AppError("conflict", { reason: "last_owner" });
}

/**
 * Whether the team has, or may still get, live data: then its sandbox days are over for good. Requests that cost
 * nothing (a mistyped key) leave the way back open.
 */
export async function holdsLiveData(tx: Tx, teamId: string): Promise<boolean> {
  const request = await tx.creditRequest.findFirst({
    where: { teamId, upstream: "live", state: { notIn: ["not_charged", "released"] } },
    select: { id: true },
  });
  return request !== null;
}

/** More than any team needs; each is a secret to look after. */
const MOST_KEYS = 20;

const FORGOTTEN = { sealedKeyId: null, sealedNonce: null, sealedText: null } as const;

/** Forgets a key's sealed bytes; the row stays, as the version that requests point to. */
export async function forgetKey(tx: Tx, key: { teamId: string; id: string; endedAt: Date | null }): Promise<void> {
  const { teamId, id, endedAt } = key;
  await tx.teamKey.update({
    where: { teamId_id: { teamId, id } },
    data: { ...FORGOTTEN, endedAt: endedAt ?? new Date() },
  });
}

/** Takes the key in use out of use: a live one is kept for another day, the sandbox's is worth nothing. */
export async function putAsideKeys(tx: Tx, teamId: string): Promise<void> {
  const inUse = { teamId, endedAt: null };
  const endedAt = new Date();
  await tx.teamKey.updateMany({ where: { ...inUse, upstream: "sandbox" }, data: { ...FORGOTTEN, endedAt } });
  await tx.teamKey.updateMany({ where: { ...inUse, upstream: "live" }, data: { endedAt } });
}

/** A live key of the team whose text is still there. @throws `not_found` */
export async function fetchKeptKey(tx: Tx, teamId: string, id: string) {
  const key = await tx.teamKey.findFirst({
    where: { teamId, id, upstream: "live", sealedText: { not: null } },
    select: { teamId: true, id: true, endedAt: true, lastFour: true, name: true },
  });
  if (!key) throw notFound();
  return key;
}

/** Makes a new key version the one in use, and its upstream the team's. @throws `conflict` (`too_many_keys`) */
export async function putKey(
  tx: Tx,
  teamId: string,
  key: { upstream: Upstream; text: string; name?: string; memberId: string | null },
): Promise<{ id: string; lastFour: string }> {
  await putAsideKeys(tx, teamId);
  const kept = await tx.teamKey.count({ where: { teamId, sealedText: { not: null } } });
  if (kept >= MOST_KEYS) throw new AppError("conflict", { reason: "too_many_keys" });
  const id = randomUUID();
  const sealed = seal(key.text, { teamId, rowId: id });
  const lastFour = key.text.slice(-4);
  await tx.teamKey.create({
    data: {
      teamId,
      id,
      upstream: key.upstream,
      name: key.name ?? "",
      lastFour,
      createdById: key.memberId,
      sealedKeyId: sealed.keyId,
      sealedNonce: Uint8Array.from(sealed.nonce),
      sealedText: Uint8Array.from(sealed.ciphertext),
    },
  });
  await tx.team.update({ where: { id: teamId }, data: { upstream: key.upstream } });
  return { id, lastFour };
}

/** The host that a key would be sent to, when it is not the vendor's own. */
function foreignHost(upstream: Upstream | null): string | null {
  const { host } = new URL(env().KEYAPI_BASE_URL);
  return upstream === "sandbox" || host === VENDOR_HOST ? null : host;
}

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** What is shown of the team's upstream, within the caller's transaction. Never the key. */
export async function fetchKeyStatus(tx: Tx, teamId: string): Promise<KeyStatus> {
  const team = await tx.team.findUnique({ where: { id: teamId }, select: { upstream: true } });
  if (!team) throw notFound();
  const upstream = team.upstream as Upstream | null;
  const key = await tx.teamKey.findFirst({
    where: { teamId, upstream: upstream ?? "", endedAt: null },
    omit: { sealedKeyId: true, sealedNonce: true, sealedText: true },
  });
  const creator = key?.createdById
    ? await tx.membership.findUnique({
        where: { teamId_id: { teamId, id: key.createdById } },
        select: { user: { select: { name: true } } },
      })
    : null;
  const sandboxPossible = runtime().sandboxUrl !== null && !(await holdsLiveData(tx, teamId));
  return {
    upstream,
    host: foreignHost(upstream),
    key: key && {
      id: key.id,
      lastFour: key.lastFour,
      createdAt: key.createdAt.toISOString(),
      createdBy: creator?.user.name ?? null,
      rejectedAt: iso(key.rejectedAt),
      rejectedReason: key.rejectedReason,
      outOfCreditsAt: iso(key.outOfCreditsAt),
      lastSuccessAt: iso(key.lastSuccessAt),
      lastRefusalAt: iso(key.lastRefusalAt),
      lastRefusal: key.lastRefusal,
    },
    sandboxPossible,
  };
}
