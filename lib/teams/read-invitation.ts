import "server-only";
import { findInvitation } from "./invitation-rows";
import type { Invited } from "./schemas";

/** What the holder of a link is invited to; null when there is no such invitation. */
export const readInvitation = async (token: string): Promise<Invited | null> =>
  (await findInvitation(token))?.invited ?? null;
