import "server-only";
import type { Tx } from "@/lib/platform/db";
import { type Notice, notifyEach } from "./notify-each";
import type { NoticeKind } from "./schemas";

/**
 * Tells members of a team something, in the transaction of what there is to tell, so that neither is without the other.
 * @returns how many were told; those who had been told before do not count.
 */
export const notify = <Kind extends NoticeKind>(tx: Tx, teamId: string, notice: Notice<Kind>): Promise<number> =>
  notifyEach(tx, teamId, [notice]);
