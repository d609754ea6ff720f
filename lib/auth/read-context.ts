import "server-only";
import { sha256Hex } from "@/lib/platform/crypto";
import { db } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Visitor } from "./caller-address";
import { proven, type TeamContext, type TeamContextFacts } from "./context";
import { noteRefusal } from "./note-refusal";
import type { Role } from "./permissions";

/** The database type `team_member`. */
type TeamMemberRow = {
  team_id: string;
  slug: string;
  name: string;
  time_zone: string;
  period_first_day: number;
  default_region: string;
  default_window: string;
  freshness_minutes: number;
  upstream: "live" | "sandbox" | null;
  deletes_at: Date | null;
  second_factor_required: boolean;
  member_id: string;
  user_id: string;
  role: Role;
  member_name: string;
};

type TokenRow = TeamMemberRow & {
  token_id: string;
  scope: "read" | "read+spend";
  expires_at: Date | null;
  revoked_at: Date | null;
};

const factsOf = (row: TeamMemberRow): Pick<TeamContextFacts, "team" | "member"> => ({
  team: {
    id: row.team_id,
    slug: row.slug,
    name: row.name,
    timeZone: row.time_zone,
    periodFirstDay: row.period_first_day,
    defaultRegion: row.default_region,
    defaultWindow: row.default_window,
    freshnessMinutes: row.freshness_minutes,
    upstream: row.upstream,
    secondFactorRequired: row.second_factor_required,
    deletesAt: row.deletes_at?.toISOString() ?? null,
  },
  member: { id: row.member_id, userId: row.user_id, name: row.member_name, role: row.role },
});

const placeOf = ({ address, userAgent }: Visitor) => ({ address, device: userAgent });

const isSlug = (text: string) => /^[a-z0-9-]{1,80}$/.test(text);

/** @returns the context of a person in a team, or null when there is no such team or membership. */
export async function contextOfMember(slug: string, userId: string, visitor: Visitor): Promise<TeamContext | null> {
  // What cannot be a slug is not asked for: PostgreSQL would fail on a NUL.
  if (!isSlug(slug)) return null;
  const rows = await db().$queryRaw<TeamMemberRow[]>`select * from team_of_member(${slug}, ${userId}::uuid)`;
  return rows[0] ? proven({ ...factsOf(rows[0]), token: null, ...placeOf(visitor) }) : null;
}

/** @throws `unauthenticated` for a token that is unknown, revoked, expired, or whose member was removed. */
export async function contextOfToken(token: string, visitor: Visitor): Promise<TeamContext> {
  const rows = await db().$queryRaw<TokenRow[]>`select * from find_api_token(${sha256Hex(token)})`;
  const row = rows[0];
  if (!row) throw new AppError("unauthenticated", { reason: "token_unknown" });
  const ctx = proven({ ...factsOf(row), token: { id: row.token_id, scope: row.scope }, ...placeOf(visitor) });
  const isExpired = row.expires_at !== null && row.expires_at <= new Date();
  if (row.revoked_at || isExpired) {
    const reason = row.revoked_at ? "token_revoked" : "token_expired";
    await noteRefusal(ctx, "token.refused", reason);
    throw new AppError("unauthenticated", { reason });
  }
  return ctx;
}
