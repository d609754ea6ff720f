import "server-only";
import type { Language } from "@/lib/auth/schemas";
import type { Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import type { TeamSettings } from "./schemas";

const FIELDS = {
  name: true,
  slug: true,
  timeZone: true,
  memberLanguage: true,
  defaultRegion: true,
  defaultWindow: true,
  freshnessMinutes: true,
  secondFactorRequired: true,
  version: true,
  deletesAt: true,
} as const;

/** What the team decided about itself, within the caller's transaction. */
export async function fetchTeamSettings(tx: Tx, teamId: string): Promise<TeamSettings> {
  const row = await tx.team.findUnique({ where: { id: teamId }, select: FIELDS });
  if (!row) throw notFound();
  const { memberLanguage, deletesAt, ...settings } = row;
  return {
    ...settings,
    memberLanguage: memberLanguage as Language | null,
    deletesAt: deletesAt?.toISOString() ?? null,
  };
}
