import "server-only";
import { db } from "@/lib/platform/db";

/** Deletes the teams whose seven days are over, one statement each, so that one that fails keeps no other. */
export async function purgeTeams(): Promise<string[]> {
  const due = await db().$queryRaw<{ id: string }[]>`select id from teams_to_purge() as id`;
  const purged: string[] = [];
  for (const { id } of due) {
    const [row] = await db().$queryRaw<{ gone: boolean }[]>`select purge_team(${id}::uuid) as gone`;
    if (row?.gone) purged.push(id);
  }
  return purged;
}
