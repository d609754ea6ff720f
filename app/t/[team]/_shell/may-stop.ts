import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import type { Run } from "@/lib/tracking/schemas";

/** Whoever started a run, and admins. */
export const mayStop = ({ member }: TeamContext, run: Run | null) =>
  allows(member.role, "insights:buy") && (run?.member.id === member.id || allows(member.role, "key:write"));
