import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { visitorOf } from "./caller-address";
import type { TeamContext } from "./context";
import { currentAccount } from "./current-account";
import { contextOfMember } from "./read-context";
import { shareReads } from "./shared-reads";

/**
 * The context of a page: the signed-in person's membership in the team of the address, looked up once a request.
 * Null when nobody is signed in, or there is no such team or membership: answer 404 before anything streams.
 */
export const teamContext = cache(async (slug: string): Promise<TeamContext | null> => {
  const account = await currentAccount();
  const ctx = account && (await contextOfMember(slug, account.id, visitorOf(await headers())));
  return ctx && shareReads(ctx);
});
