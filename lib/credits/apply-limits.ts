import "server-only";
import { type Actor, auditEach } from "@/lib/auth/audit";
import type { Tx } from "@/lib/platform/db";

export type LimitChange = {
  scope: "team" | "schedules" | "member_default" | "member" | "token";
  subjectId: string;
  credits: number | null;
};

/** Sets limits all at once, from the running period on, and notes each that became another one. */
export async function applyLimits(tx: Tx, actor: Actor | string, changes: LimitChange[]): Promise<void> {
  const teamId = typeof actor === "string" ? actor : actor.team.id;
  const wire = changes.map(({ scope, subjectId, credits }) => ({ scope, subject_id: subjectId, credits }));
  const changed = await tx.$queryRaw<
    { scope: string; subject_id: string; before: number | null; after: number | null }[]
  >`select * from credits_set_limits(${teamId}::uuid, ${JSON.stringify(wire)}::jsonb)`;
  await auditEach(
    tx,
    actor,
    "limit.set",
    changed.map(({ scope, subject_id, before, after }) => ({
      details: { scope, subject: subject_id },
      before: { credits: before },
      after: { credits: after },
    })),
  );
}
