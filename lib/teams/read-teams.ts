import "server-only";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/platform/db";
import type { OwnTeam } from "./schemas";

type Row = { team_id: string; slug: string; name: string; role: Role };

/** The teams that a person is in, by name. */
export async function readTeams(userId: string): Promise<OwnTeam[]> {
  const rows = await db().$queryRaw<Row[]>`select team_id, slug, name, role from teams_of_user(${userId}::uuid)`;
  return rows.map((row) => ({ id: row.team_id, slug: row.slug, name: row.name, role: row.role }));
}
