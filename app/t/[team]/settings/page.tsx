import { redirect } from "next/navigation";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";

/** Settings open with what the team is. */
export default async function SettingsPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params;
  await requireTeam(slug, "/settings");
  redirect(`/t/${slug}/settings/general`);
}
