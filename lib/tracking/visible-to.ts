import "server-only";
import type { TeamContext } from "@/lib/auth/context";

/** Of searches and lists: team-visible, or this reader's alone; the same for admins. */
export const visibleTo = (ctx: TeamContext) => ({ OR: [{ shared: true }, { memberId: ctx.member.id }] });
