import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";

/** Whose credits something spends that renews by itself: a member's, or on behalf of that member the team's share. */
export type Payer = { memberId: string; byShare: boolean };

/** One's own credits are one's own to spend; another's and the share are for those who set limits. */
export const maySpendOf = (self: TeamContext["member"], { memberId, byShare }: Payer): boolean =>
  allows(self.role, "limits:write") || (!byShare && memberId === self.id);
