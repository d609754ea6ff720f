import "server-only";
import { db, type Tx } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { allows, BY_TOKEN, type Permission, type Role, WHILE_DELETING, WRITES } from "./permissions";
import { readAlone, readTogether, sharesReads } from "./shared-reads";

declare const proof: unique symbol;

/** Facts about who asks, for which team. */
export type TeamContextFacts = {
  readonly team: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly timeZone: string;
    readonly periodFirstDay: number;
    readonly defaultRegion: string;
    readonly defaultWindow: string;
    readonly freshnessMinutes: number;
    readonly upstream: "live" | "sandbox" | null;
    readonly secondFactorRequired: boolean;
    /** When the team is purged; until then it is read-only. Null while nobody asked for that. */
    readonly deletesAt: string | null;
  };
  readonly member: { readonly id: string; readonly userId: string; readonly name: string; readonly role: Role };
  /** Set when a token of the HTTP API asks. */
  readonly token: { readonly id: string; readonly scope: "read" | "read+spend" } | null;
  readonly address: string | null;
  /** The browser or program that asks, as it names itself. */
  readonly device?: string | null;
};

/** Proof that membership was checked. Only `lib/auth` makes one; a verb that takes it needs no further check of who. */
export type TeamContext = TeamContextFacts & { readonly [proof]: true };

/** For `lib/auth` alone, after the membership was read from the database. */
export const proven = (facts: TeamContextFacts) => facts as TeamContext;

/**
 * @throws `forbidden` when the role does not allow it, or the token: none may (`session_needed`), or not with its scope
 *   (`token_scope`). `conflict` (`team_deleting`) for a change in a team that is about to be deleted.
 */
export function assertAllowed(ctx: TeamContext, permission: Permission): void {
  if (!allows(ctx.member.role, permission)) throw new AppError("forbidden", { reason: permission });
  if (ctx.token && WRITES.has(permission)) {
    if (!BY_TOKEN.has(permission)) throw new AppError("forbidden", { reason: "session_needed" });
    if (ctx.token.scope === "read") throw new AppError("forbidden", { reason: "token_scope" });
  }
  if (ctx.team.deletesAt && WRITES.has(permission) && !WHILE_DELETING.has(permission)) {
    throw new AppError("conflict", { reason: "team_deleting" });
  }
}

/**
 * The only door to a team's rows: checks the permission, opens a transaction, and tells PostgreSQL which team it is
 * for, so that row-level security shows that team's rows and no others.
 * @throws `forbidden`
 */
export async function withTeam<T>(ctx: TeamContext, permission: Permission, run: (tx: Tx) => Promise<T>): Promise<T> {
  assertAllowed(ctx, permission);
  if (sharesReads(ctx) && !WRITES.has(permission)) return readTogether(ctx, "auto", run);
  return asTeam(ctx.team.id, run);
}

/**
 * `withTeam` for a read made of look-ups by keys: a page's are planned once for all values, beside what it reads
 * otherwise. Not for a list whose best way depends on what it is asked for. @throws `forbidden`
 */
export async function withTeamLookups<T>(
  ctx: TeamContext,
  permission: Permission,
  read: (tx: Tx) => Promise<T>,
): Promise<T> {
  assertAllowed(ctx, permission);
  return sharesReads(ctx) ? readTogether(ctx, "force_generic_plan", read) : asTeam(ctx.team.id, read);
}

/** `withTeam` for a read that takes PostgreSQL long: no other read shares its transaction, or waits for it. @throws `forbidden` */
export async function withTeamAlone<T>(
  ctx: TeamContext,
  permission: Permission,
  read: (tx: Tx) => Promise<T>,
): Promise<T> {
  assertAllowed(ctx, permission);
  return readAlone(ctx, read);
}

/** A transaction that sees one team's rows. For `withTeam` and the operator's commands. */
export function asTeam<T>(teamId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    // A statement of its own: inside a CTE beside the query the policies would still see the old value.
    await tx.$executeRaw`select set_config('app.team', ${teamId}, true)`;
    return run(tx as Tx);
  });
}
