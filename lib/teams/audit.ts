import "server-only";
import type { Tx } from "@/lib/platform/db";

/** Who acted, for which team. Every `TeamContext` is one. */
export type Actor = {
  readonly team: { readonly id: string };
  readonly member: { readonly id: string } | null;
  readonly token: { readonly id: string } | null;
  readonly address: string | null;
};

/** What may be told of a change: plain facts, never a key, token or password. */
export type AuditDetails = Record<string, string | number | boolean | null | string[]>;

/**
 * Notes who changed what. Call it in the transaction of the change, so that neither is without the other.
 * @param actor a context, or a team's id when the operator of the installation acts.
 */
export async function audit(tx: Tx, actor: Actor | string, action: string, details: AuditDetails = {}): Promise<void> {
  await auditEach(tx, actor, action, [details]);
}

/** One entry for each of several changes of the same kind, written at once. */
export async function auditEach(tx: Tx, actor: Actor | string, action: string, each: AuditDetails[]): Promise<void> {
  const by = typeof actor === "string" ? { team: { id: actor }, member: null, token: null, address: null } : actor;
  await tx.auditEntry.createMany({
    data: each.map((details) => ({
      teamId: by.team.id,
      memberId: by.member?.id ?? null,
      tokenId: by.token?.id ?? null,
      address: by.address,
      action,
      details,
    })),
  });
}
