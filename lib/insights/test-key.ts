import "server-only";
import { assertAllowed, type TeamContext } from "@/lib/auth/context";
import { tellLeft } from "@/lib/credits/tell-left";
import { buyPage } from "./buy-page";
import { type Answer, questionSchema } from "./schemas";

/**
 * Finds out whether the team's key works by buying the first page of the team's default ranking: 2 credits when it
 * does. A rejected key may be tested again. @throws what `buyPage` throws.
 */
export async function testKey(
  ctx: TeamContext,
  idempotencyKey: string | null = null,
  confirmed = false,
): Promise<Answer> {
  assertAllowed(ctx, "key:write");
  const question = questionSchema.parse({ region: ctx.team.defaultRegion, window: ctx.team.defaultWindow });
  const purchase = buyPage(ctx, { ...question, maxAgeMinutes: 0 }, { idempotencyKey, purpose: "key_test", confirmed });
  return tellLeft(ctx, purchase);
}
