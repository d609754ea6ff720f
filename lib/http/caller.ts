import "server-only";
import type { NextRequest } from "next/server";
import { visitorOf } from "@/lib/auth/caller-address";
import type { TeamContext } from "@/lib/auth/context";
import { contextOfMember, contextOfToken } from "@/lib/auth/read-context";
import { lacksSecondFactor } from "@/lib/auth/second-factor";
import { sessionCookieName, sessionIdOf } from "@/lib/auth/session-token";
import { type Account, accountOfSession } from "@/lib/auth/sessions";
import { AppError, invalid, notFound } from "@/lib/platform/errors";

/** Who asks. A token's caller has a context and no session; a signed-in browser has a context where it names a team. */
export type Caller =
  | { kind: "token"; ctx: TeamContext; account: null }
  | { kind: "session"; ctx: TeamContext | null; account: Account };

export type TeamNeed = "needed" | "optional" | "none";

/** Whether the caller shows a token; then cookies do not count, whatever they hold. */
export const hasToken = (request: NextRequest) => request.headers.has("authorization");

export const sessionCookieOf = (request: NextRequest) => request.cookies.get(sessionCookieName())?.value;

/**
 * Finds out who asks, for which team.
 * @throws `unauthenticated`; `not_found` for a team of others; `invalid_request` where the team is not named;
 *   `forbidden` for a token on what only people do, and where the team asks for a second factor that is not set up
 */
export async function identify(request: NextRequest, team: TeamNeed): Promise<Caller> {
  const slug = new URL(request.url).searchParams.get("team") || null;
  return hasToken(request) ? byToken(request, slug, team) : bySession(request, slug, team);
}

async function byToken(request: NextRequest, slug: string | null, team: TeamNeed): Promise<Caller> {
  const [, token] = /^Bearer +(nbk_[\w-]{20,200})$/i.exec(request.headers.get("authorization")?.trim() ?? "") ?? [];
  if (!token) throw new AppError("unauthenticated", { reason: "token_unknown" });
  const ctx = await contextOfToken(token, visitorOf(request.headers));
  if (team === "none") throw new AppError("forbidden", { reason: "session_needed" });
  if (slug !== null && slug !== ctx.team.slug) {
    // A former address of the token's own team still names it.
    const named = await contextOfMember(slug, ctx.member.userId, visitorOf(request.headers));
    if (named?.team.id !== ctx.team.id) throw notFound();
  }
  await assertSecondFactorSet(ctx);
  return { kind: "token", ctx, account: null };
}

async function bySession(request: NextRequest, slug: string | null, team: TeamNeed): Promise<Caller> {
  const sessionId = await sessionIdOf(sessionCookieOf(request));
  const account = sessionId ? await accountOfSession(sessionId) : null;
  if (!account) throw new AppError("unauthenticated");
  if (team === "none") return { kind: "session", ctx: null, account };
  if (slug === null) {
    if (team === "needed") throw invalid("team", "team_missing");
    return { kind: "session", ctx: null, account };
  }
  const ctx = await contextOfMember(slug, account.id, visitorOf(request.headers));
  if (!ctx) throw notFound();
  await assertSecondFactorSet(ctx);
  return { kind: "session", ctx, account };
}

/** A token acts for its member, so it is held to what the team asks of members; a code is asked of people alone. */
async function assertSecondFactorSet(ctx: TeamContext): Promise<void> {
  if (await lacksSecondFactor(ctx)) throw new AppError("forbidden", { reason: "second_factor_required" });
}
