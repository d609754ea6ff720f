import { randomBytes, randomUUID } from "node:crypto";
import { asTeam, proven, type TeamContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import { seal } from "@/lib/platform/crypto";
import { db } from "@/lib/platform/db";

/** A name that no other test uses. */
export const unique = (word: string) => `${word}-${randomBytes(4).toString("hex")}`;

/** An account that nobody can sign in to. */
export async function makeUser(name = "Mia Keller"): Promise<{ id: string; email: string; name: string }> {
  return db().user.create({
    data: { email: `${unique("person")}@example.com`, name, passwordHash: "-" },
    select: { id: true, email: true, name: true },
  });
}

export type TeamOptions = {
  upstream?: "sandbox" | "live" | null;
  role?: Role;
  timeZone?: string;
  freshnessMinutes?: number;
};

/** A team of its own with one member and, unless told otherwise, a sandbox key. */
export async function makeTeam(options: TeamOptions = {}): Promise<TeamContext> {
  const { upstream = "sandbox", role = "owner", timeZone = "UTC", freshnessMinutes = 1440 } = options;
  const user = await makeUser();
  const [teamId, ownerId, slug] = [randomUUID(), randomUUID(), unique("team")];
  // A team keeps an owner: whoever is to be less joins somebody else's.
  const founder = role === "owner" ? user : await makeUser();
  const memberId = role === "owner" ? ownerId : randomUUID();
  await db()
    .$queryRaw`select create_team(${teamId}::uuid, ${slug}, ${"Luma Trading"}, ${timeZone}, ${founder.id}::uuid, ${ownerId}::uuid)`;
  await asTeam(teamId, async (tx) => {
    await tx.team.update({ where: { id: teamId }, data: { upstream, freshnessMinutes } });
    if (role !== "owner") await tx.membership.create({ data: { teamId, id: memberId, userId: user.id, role } });
  });
  if (upstream) await makeKey(teamId, upstream);
  return proven({
    team: {
      id: teamId,
      slug,
      name: "Luma Trading",
      timeZone,
      periodFirstDay: 1,
      defaultRegion: "US",
      defaultWindow: "7",
      freshnessMinutes,
      upstream,
      secondFactorRequired: false,
      deletesAt: null,
    },
    member: { id: memberId, userId: user.id, name: user.name, role },
    token: null,
    address: null,
  });
}

/** Another member of the same team. */
export async function makeMember(ctx: TeamContext, role: Role, name = "Chen Wei"): Promise<TeamContext> {
  const user = await makeUser(name);
  const id = randomUUID();
  await asTeam(ctx.team.id, (tx) => tx.membership.create({ data: { teamId: ctx.team.id, id, userId: user.id, role } }));
  return proven({ ...ctx, member: { id, userId: user.id, name, role }, token: null });
}

/** A sealed key in use, as saving one makes it; the one before is kept. @returns its version. */
export async function makeKey(
  teamId: string,
  upstream: "sandbox" | "live",
  text = `sandbox-${unique("key")}`,
): Promise<string> {
  const id = randomUUID();
  const sealed = seal(text, { teamId, rowId: id });
  await asTeam(teamId, async (tx) => {
    await tx.teamKey.updateMany({
      where: { teamId, upstream, endedAt: null },
      data: { endedAt: new Date() },
    });
    await tx.teamKey.create({
      data: {
        teamId,
        id,
        upstream,
        sealedKeyId: sealed.keyId,
        sealedNonce: Buffer.from(sealed.nonce),
        sealedText: Buffer.from(sealed.ciphertext),
        lastFour: text.slice(-4),
      },
    });
  });
  return id;
}
