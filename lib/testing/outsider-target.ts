import type { TeamContext } from "@/lib/auth/context";

/** What an outsider gets hold of: everything that names a row of the other team. */
export type Target = {
  askId: string;
  requestId: string;
  boughtId: string;
  memberId: string;
  tokenId: string;
  keyId: string;
  slug: string;
  invitationId: string;
  runId: string;
  listId: string;
  itemId: string;
  goneListId: string;
  noteId: string;
  reviewId: string;
  numberId: string;
  importId: string;
  scheduleId: string;
  snapshotId: string;
  searchId: string;
  deletedSearchId: string;
  ruleId: string;
  alertId: string;
  webhookId: string;
  deliveryId: string;
  breakId: string;
};

/** A team that nothing may be seen of: who it is, what it has, and the texts that would give it away. */
export type MarkedTeam = { readonly insider: TeamContext; readonly target: Target; readonly marks: readonly string[] };

/** `refused` throws, `own` answers with the asker's own team's, which never holds a mark of the target. */
export type OutsiderVerb = {
  as: "own" | "refused" | "not_a_team_verb";
  call?: (ctx: TeamContext, target: Target) => Promise<unknown>;
};
