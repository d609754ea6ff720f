import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { findSnapshot } from "./internal";
import { questionKey } from "./question";
import type { Question, Snapshot } from "./schemas";

/** The newest stored answer to a question, or null. Never spends, whatever its age. */
export async function readAnswer(ctx: TeamContext, question: Question): Promise<Snapshot | null> {
  const { upstream } = ctx.team;
  return withTeam(ctx, "insights:read", (tx) =>
    upstream
      ? findSnapshot(tx, { teamId: ctx.team.id, questionKey: questionKey(upstream, question) })
      : Promise.resolve(null),
  );
}
