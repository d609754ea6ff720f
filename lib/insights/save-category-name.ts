import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { AppError, editedMeanwhile } from "@/lib/platform/errors";
import type { CategoryNameInput, NamedCategory } from "./schemas";

/**
 * Gives a category the team's own name and other names that search finds it by. Without any, the provider's name stands
 * alone again. @throws `conflict` (`edited_meanwhile`) when the version named is not the present one (0: none yet);
 * `key_missing` while the team has neither key nor sandbox
 */
export async function saveCategoryName(ctx: TeamContext, id: string, input: CategoryNameInput): Promise<NamedCategory> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const { upstream } = ctx.team;
    if (!upstream) throw new AppError("key_missing");
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`name/${ctx.team.id}/${id}`}, 0))`;
    const key = { teamId_upstream_categoryId: { teamId: ctx.team.id, upstream, categoryId: id } };
    const there = await tx.categoryName.findUnique({ where: key });
    if (input.version !== undefined && input.version !== (there?.version ?? 0)) {
      throw editedMeanwhile();
    }
    const { name, aliases } = input;
    const version = (there?.version ?? 0) + 1;
    if (name === null && aliases.length === 0)
      await tx.categoryName.deleteMany({ where: { ...key.teamId_upstream_categoryId } });
    else {
      const data = { name, aliases, version, memberId: ctx.member.id, updatedAt: await appNow(tx) };
      await tx.categoryName.upsert({
        where: key,
        create: { ...key.teamId_upstream_categoryId, ...data },
        update: data,
      });
    }
    await audit(tx, ctx, "category.named", { categoryId: id, name });
    const learned = await tx.category.findUnique({
      where: { teamId_upstream_id: { teamId: ctx.team.id, upstream, id } },
      select: { name: true },
    });
    return { id, name, aliases, providerName: learned?.name ?? null, version };
  });
}
