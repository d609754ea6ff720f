import { weekdayText } from "@/app/_ui/hour-words";
import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import { SHARE } from "@/lib/credits/schemas";
import { MOST_OPTIONS } from "@/lib/insights/choices";
import { readMembersPage } from "@/lib/teams/read-members";

export type Payers = {
  items: { id: string; name: string }[];
  /** There are more members than anybody looks through: others than these are looked for. */
  isPart: boolean;
};

/** Who may pay for a schedule that this member sets: the member, and for an admin everybody who may spend, and the share. */
export async function readPayers(ctx: TeamContext): Promise<Payers> {
  const { id: ownId, name, role: ownRole } = ctx.member;
  if (!allows(ownRole, "limits:write")) return { items: [{ id: ownId, name }], isPart: false };
  const { items, pages } = await readMembersPage(ctx, { q: "", page: 1 }, MOST_OPTIONS);
  const isPart = pages > 1;
  const members = isPart
    ? [{ id: ownId, name }]
    : items.filter(({ id, role }) => id === ownId || allows(role, "insights:buy"));
  return { items: [...members.map(({ id, name }) => ({ id, name })), { id: SHARE, name: "" }], isPart };
}

/** From Monday on, in the reader's language. */
export const weekDays = (locale: string) => [1, 2, 3, 4, 5, 6, 7].map((nth) => weekdayText(nth, locale));
