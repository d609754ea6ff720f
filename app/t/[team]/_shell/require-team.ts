import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { SEARCH_HEADER } from "@/lib/auth/caller-address";
import type { TeamContext } from "@/lib/auth/context";
import { currentAccount } from "@/lib/auth/current-account";
import { requireAccount } from "@/lib/auth/require-account";
import { lacksSecondFactor } from "@/lib/auth/second-factor";
import { teamContext } from "@/lib/auth/team-context";

/**
 * The context of a team page, or the end of it: nobody signed in goes to the sign-in and comes back; somebody who is
 * not in this team gets status 404, and whoever lacks the second factor that it asks for goes to set one up; so call it
 * before anything can stream.
 */
export async function requireTeam(slug: string, path: string): Promise<TeamContext> {
  const ctx = await teamContext(slug);
  // Set up there, the team opens again: what it shows is not for who lacks it.
  if (ctx && (await lacksSecondFactor(ctx))) redirect("/account?needs=second-factor#second-factor");
  if (ctx?.team.slug === slug) return ctx;
  // A former address of the team: on to the present one, with what it asked for.
  if (ctx) {
    const search = path.includes("?") ? "" : ((await headers()).get(SEARCH_HEADER) ?? "");
    redirect(`/t/${ctx.team.slug}${path}${search}`);
  }
  if (!(await currentAccount())) await requireAccount(`/t/${encodeURIComponent(slug)}${path}`);
  notFound();
}
