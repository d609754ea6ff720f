import "server-only";
import { notFound } from "next/navigation";
import type { TeamContext } from "@/lib/auth/context";
import { currentAccount } from "@/lib/auth/current-account";
import { requireAccount } from "@/lib/auth/require-account";
import { teamContext } from "@/lib/auth/team-context";

/**
 * The context of a team page, or the end of it: nobody signed in goes to the sign-in and comes back; somebody who is
 * not in this team gets status 404, so call it before anything can stream.
 */
export async function requireTeam(slug: string, path: string): Promise<TeamContext> {
  const ctx = await teamContext(slug);
  if (ctx) return ctx;
  if (!(await currentAccount())) await requireAccount(`/t/${encodeURIComponent(slug)}${path}`);
  notFound();
}
