import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { OpenedInput } from "./schemas";

/**
 * Keeps that figures of these answers stood on a screen, or were used by a program: that, and not before whom. What is
 * no readable answer of the team is left out, and the first time stays.
 */
export async function noteOpened(ctx: TeamContext, { receiptIds }: OpenedInput): Promise<void> {
  await withTeam(
    ctx,
    "opened:write",
    (tx) => tx.$executeRaw`
      insert into answer_opened (team_id, request_id, at)
      select s.team_id, s.request_id, app_now() from snapshot s
      where s.team_id = ${ctx.team.id}::uuid and s.request_id = any(${receiptIds}::uuid[])
      on conflict do nothing`,
  );
}
