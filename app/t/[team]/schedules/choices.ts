import { weekdayText } from "@/app/_ui/hour-words";
import type { TeamContext } from "@/lib/auth/context";
import { allows, type Role } from "@/lib/auth/permissions";

type Person = { id: string; name: string; role: Role };

/** Who may pay for a schedule that this member sets: the member, and for an admin everybody who may spend. */
export const payersOf = (ctx: TeamContext, people: Person[]) =>
  people
    .filter(
      ({ id, role }) =>
        id === ctx.member.id || (allows(ctx.member.role, "limits:write") && allows(role, "insights:buy")),
    )
    .map(({ id, name }) => ({ id, name }));

/** From Monday on, in the reader's language. */
export const weekDays = (locale: string) => [1, 2, 3, 4, 5, 6, 7].map((nth) => weekdayText(nth, locale));
