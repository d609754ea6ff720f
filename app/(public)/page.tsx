import { redirect } from "next/navigation";
import { currentAccount } from "@/lib/auth/current-account";
import { readTeams } from "@/lib/teams/read-teams";
import { Landing } from "./landing";
import { TeamList } from "./team-list";

/** What this is, for strangers; straight on to the work, for members. */
export default async function HomePage() {
  const account = await currentAccount();
  if (!account) return <Landing />;
  const teams = await readTeams(account.id);
  const [first] = teams;
  if (!first) redirect("/teams/new");
  if (teams.length === 1) redirect(`/t/${first.slug}`);
  return <TeamList teams={teams} />;
}
