import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { refuseFutureMonth } from "@/lib/insights/refuse-future-month";
import { appNow } from "@/lib/platform/clock";
import { editedMeanwhile, invalid } from "@/lib/platform/errors";
import { refuseSpendingOfOthers } from "./refuse-spending-of-others";
import type { SavedSearch, UpdateSearchInput } from "./schemas";
import { fetchSearch, lockSearch } from "./search-rows";

/**
 * Changes what is named of a search. Only its maker can make it private: for anybody else it would vanish.
 * @throws `not_found`; `invalid_request` where that would spend others' credits; `conflict` (`edited_meanwhile`) when the version named is not the present one
 */
export async function updateSearch(ctx: TeamContext, id: string, input: UpdateSearchInput): Promise<SavedSearch> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const now = await appNow(tx);
    if (input.window) refuseFutureMonth(input.window, now);
    const row = await lockSearch(tx, ctx, id, { deleted: false });
    const { version, category, q, ...change } = input;
    if (version !== undefined && version !== row.version) throw editedMeanwhile();
    if (change.shared === false && row.memberId !== ctx.member.id) throw invalid("shared", "private_only_maker");
    const asked = { region: input.region, window: input.window, category, q };
    const asks = (["region", "window", "category", "q"] as const).filter(
      (field) => asked[field] !== undefined && (asked[field] ?? "") !== row[field],
    );
    const isDeeper = input.pages !== undefined && input.pages > row.pages;
    await refuseSpendingOfOthers(tx, ctx, id, {
      hides: change.shared === false && row.shared,
      asks: isDeeper ? [...asks, "pages"] : asks,
    });
    await tx.savedSearch.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: {
        ...change,
        ...(category === undefined ? {} : { categoryId: category ?? "" }),
        ...(q === undefined ? {} : { q: q ?? "" }),
        version: { increment: 1 },
        updatedAt: now,
      },
    });
    const fields = Object.keys(input).filter((field) => field !== "version");
    await audit(tx, ctx, "search.changed", { searchId: id, fields });
    return fetchSearch(tx, ctx, id);
  });
}
