import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { currentAccount } from "@/lib/auth/current-account";
import { demoSignIn } from "@/lib/auth/demo-sign-in";
import { isSignUpOpen } from "@/lib/auth/sign-up-policy";
import { readTeams } from "@/lib/teams/read-teams";
import { Landing } from "./landing";
import { TeamList } from "./team-list";

/** What this is, for strangers; straight on to the work, for members. */
export default async function HomePage() {
  const account = await currentAccount();
  if (!account) {
    const [asked, open] = await Promise.all([headers(), isSignUpOpen()]);
    return <Landing demo={demoSignIn(asked)} open={open} />;
  }
  const teams = await readTeams(account.id);
  const [first] = teams;
  if (!first) redirect("/teams/new");
  if (teams.length === 1) redirect(`/t/${first.slug}`);
  return <TeamList teams={teams} />;
}
