import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { maySpendOf } from "@/lib/credits/may-spend-of";
import type { Schedule } from "./schemas";

export type Charged = { owner: { id: string }; paidBy: Schedule["paidBy"] };

/** When a schedule renews is for whoever's credits it spends, and for those who set limits. */
export const mayPress = (self: TeamContext["member"], { owner, paidBy }: Charged): boolean =>
  maySpendOf(self, { memberId: owner.id, byShare: paidBy === "share" });
