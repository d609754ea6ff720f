import "server-only";
import { db } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { TeamContext } from "./context";
import type { Me } from "./schemas";
import { toProfile } from "./to-profile";

/** Who asks: the person, and the team when one is named or a token belongs to it. */
export async function readMe(userId: string, ctx: TeamContext | null): Promise<Me> {
  const user = await db().user.findUnique({ where: { id: userId } });
  if (!user) throw new AppError("unauthenticated");
  return {
    user: toProfile(user),
    team: ctx && {
      id: ctx.team.id,
      slug: ctx.team.slug,
      name: ctx.team.name,
      timeZone: ctx.team.timeZone,
      upstream: ctx.team.upstream,
      defaultRegion: ctx.team.defaultRegion,
      defaultWindow: ctx.team.defaultWindow,
      freshnessMinutes: ctx.team.freshnessMinutes,
    },
    role: ctx?.member.role ?? null,
    scope: ctx?.token?.scope ?? null,
  };
}
