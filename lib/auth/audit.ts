import "server-only";
import { Prisma, type Tx } from "@/lib/platform/db";
import type { Visitor } from "./caller-address";

/** Who acted, for which team. Every `TeamContext` is one. */
export type Actor = {
  readonly team: { readonly id: string };
  readonly member: { readonly id: string } | null;
  readonly token: { readonly id: string } | null;
  readonly address: string | null;
  readonly device?: string | null;
  /** Nobody acted: a rule of the application did. */
  readonly isSystem?: true;
};

/** What may be told of a change: plain facts, never a key, token or password. */
export type AuditDetails = Record<string, string | number | boolean | null | string[]>;

/** The fields that became others, as they were and as they are now. */
export type AuditChange = { before?: AuditDetails; after?: AuditDetails };

/**
 * Notes who changed what. Call it in the transaction of the change, so that neither is without the other.
 * @param actor a context, `system`, or a team's id when the operator of the installation acts.
 * @param action `<kind>.<what happened>`, e.g. `key.saved`; the log is filtered by kind.
 */
export async function audit(
  tx: Tx,
  actor: Actor | string,
  action: string,
  details: AuditDetails = {},
  change: AuditChange = {},
): Promise<void> {
  await auditEach(tx, actor, action, [{ details, ...change }]);
}

/** One entry for each of several changes of the same kind, written at once. */
export async function auditEach(
  tx: Tx,
  actor: Actor | string,
  action: string,
  each: ({ details?: AuditDetails } & AuditChange)[],
): Promise<void> {
  const by: Actor =
    typeof actor === "string" ? { team: { id: actor }, member: null, token: null, address: null } : actor;
  await tx.auditEntry.createMany({
    data: each.map(({ details = {}, before, after }) => ({
      teamId: by.team.id,
      memberId: by.member?.id ?? null,
      tokenId: by.token?.id ?? null,
      isSystem: by.isSystem ?? false,
      address: by.address,
      device: by.device ?? null,
      action,
      details,
      before: before ?? Prisma.DbNull,
      after: after ?? Prisma.DbNull,
    })),
  });
}

/** The application itself, acting by a rule of the team. */
export const system = (teamId: string): Actor => ({
  team: { id: teamId },
  member: null,
  token: null,
  address: null,
  isSystem: true,
});

/** Notes what happened to an account, such as a sign-in, in the log of every team that the person is in. */
export async function auditInTeams(
  tx: Tx,
  userId: string,
  action: string,
  visitor: Visitor,
  details: AuditDetails = {},
): Promise<void> {
  await tx.$executeRaw`select audit_in_teams(${userId}::uuid, ${action}, ${JSON.stringify(details)}::jsonb,
    ${visitor.address}, ${visitor.userAgent})`;
}
