import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchUnread } from "./internal";

/** How many notifications the member has not read, counted up to `MOST_COUNTED`. */
export async function countUnread(ctx: TeamContext): Promise<number> {
  return withTeam(ctx, "team:read", (tx) => fetchUnread(tx, ctx));
}
