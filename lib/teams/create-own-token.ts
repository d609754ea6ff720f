import "server-only";
import { assertAllowed, type TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { allows } from "@/lib/auth/permissions";
import { invalid } from "@/lib/platform/errors";
import type { CreateTokenInput } from "./token-schemas";

/**
 * Makes a token for oneself. Its text is in this answer and nowhere else.
 * @throws `forbidden`, for a token too: one with a limit could make one without; `invalid_request` for a scope above
 *   one's role; `conflict` (`too_many_tokens`)
 */
export async function createOwnToken(
  ctx: TeamContext,
  input: CreateTokenInput,
): Promise<{ id: string; token: string }> {
  assertAllowed(ctx, "tokens:write");
  const { name, scope, limitCredits, expiresAt } = input;
  if (scope === "read+spend" && !allows(ctx.member.role, "insights:buy"))
    throw invalid("scope", "token_scope_above_role");
  return createToken(
    {
      teamId: ctx.team.id,
      memberId: ctx.member.id,
      name,
      scope,
      limitCredits: limitCredits ?? null,
      expiresAt: expiresAt ? new Date(expiresAt) : null,
    },
    ctx,
  );
}
