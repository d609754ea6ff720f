import { weekdayText } from "@/app/_ui/hour-words";
import type { TeamContext } from "@/lib/auth/context";
import { allows, type Role } from "@/lib/auth/permissions";
import { SHARE } from "@/lib/credits/schemas";

type Person = { id: string; name: string; role: Role };

/** Who may pay for a schedule that this member sets: the member, and for an admin everybody who may spend, and the share. */
export function payersOf(ctx: TeamContext, people: Person[]) {
  const isAdmin = allows(ctx.member.role, "limits:write");
  const members = people.filter(({ id, role }) => id === ctx.member.id || (isAdmin && allows(role, "insights:buy")));
  return [...members.map(({ id, name }) => ({ id, name })), ...(isAdmin ? [{ id: SHARE, name: "" }] : [])];
}

/** From Monday on, in the reader's language. */
export const weekDays = (locale: string) => [1, 2, 3, 4, 5, 6, 7].map((nth) => weekdayText(nth, locale));
