import "server-only";
import { randomInt, randomUUID } from "node:crypto";
import { audit } from "@/lib/auth/audit";
import { asTeam } from "@/lib/auth/context";
import type { Account } from "@/lib/auth/sessions";
import { AppError } from "@/lib/platform/errors";
import type { CreateTeamInput, Team } from "./schemas";
import { slugCandidates } from "./team-slug";

const random = () => randomInt(2 ** 32) / 2 ** 32;

/** Makes a team whose owner is the given person. The slug comes from the name and is unique in the installation. */
export async function createTeamFor(
  userId: string,
  input: CreateTeamInput,
  address: string | null = null,
): Promise<Team> {
  const { name, timeZone } = input;
  const id = randomUUID();
  const memberId = randomUUID();
  return asTeam(id, async (tx) => {
    for (const slug of slugCandidates(name, random)) {
      const rows = await tx.$queryRaw<{ made: boolean }[]>`
        select create_team(${id}::uuid, ${slug}, ${name}, ${timeZone}, ${userId}::uuid, ${memberId}::uuid) as made`;
      if (!rows[0]?.made) continue;
      const owner = { team: { id }, member: { id: memberId }, token: null, address };
      await audit(tx, owner, "team.created", { name, slug, timeZone });
      return { id, slug, name, timeZone, upstream: null };
    }
    throw new AppError("conflict", { reason: "slug_taken" });
  });
}

/** Makes a team of one's own. */
export const createTeam = (account: Account, input: CreateTeamInput, address: string | null = null): Promise<Team> =>
  createTeamFor(account.id, input, address);
