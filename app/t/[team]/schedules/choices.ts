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

/** From Monday on, in the reader's language; the first of January 2024 was one. */
export const weekDays = (locale: string) =>
  Array.from({ length: 7 }, (_, day) =>
    new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + day)),
  );
