import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { refuseFutureMonth } from "@/lib/insights/refuse-future-month";
import { appNow } from "@/lib/platform/clock";
import { AppError } from "@/lib/platform/errors";
import type { CreateSearchInput, SavedSearch } from "./schemas";
import { fetchSearch } from "./search-rows";

/**
 * Saves a question with its depth, team-visible unless told otherwise. Buys nothing.
 * @throws `invalid_request` for a month that has not begun; `key_missing` while the team has neither key nor sandbox
 */
export async function createSearch(ctx: TeamContext, input: CreateSearchInput): Promise<SavedSearch> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const now = await appNow(tx);
    refuseFutureMonth(input.window, now);
    const { upstream } = ctx.team;
    if (!upstream) throw new AppError("key_missing");
    const { category, q, ...rest } = input;
    const { id } = await tx.savedSearch.create({
      data: {
        ...rest,
        teamId: ctx.team.id,
        upstream,
        memberId: ctx.member.id,
        categoryId: category ?? "",
        q: q ?? "",
        createdAt: now,
        updatedAt: now,
      },
      select: { id: true },
    });
    await audit(tx, ctx, "search.created", { searchId: id, shared: input.shared });
    return fetchSearch(tx, ctx, id);
  });
}
