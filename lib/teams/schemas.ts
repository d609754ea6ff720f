import { z } from "zod";
import { ROLES } from "@/lib/auth/schemas";

/** An IANA name. Offsets such as `+08:00` are refused: PostgreSQL reads their sign the other way round. */
export const timeZoneSchema = z.string().refine(
  (zone) => {
    if (!/^[A-Za-z]/.test(zone)) return false;
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  },
  { error: "time_zone_unknown" },
);

export const createTeamSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, { error: "team_name_missing" })
    .max(80, { error: "team_name_too_long" })
    .regex(/^\P{Cc}*$/u, { error: "text_control" }),
  timeZone: timeZoneSchema.default("UTC"),
});
export type CreateTeamInput = z.output<typeof createTeamSchema>;

export const teamSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  upstream: z.enum(["live", "sandbox"]).nullable(),
});
export type Team = z.output<typeof teamSchema>;

/** A team in the list of one's own. */
export const ownTeamSchema = z.object({ id: z.uuid(), slug: z.string(), name: z.string(), role: z.enum(ROLES) });
export type OwnTeam = z.output<typeof ownTeamSchema>;

export const memberSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  joinedAt: z.iso.datetime(),
});
export type Member = z.output<typeof memberSchema>;

const roleSchema = z.enum(ROLES, { error: "role_unknown" });

export const changeRoleSchema = z.strictObject({ role: roleSchema });
export type ChangeRoleInput = z.output<typeof changeRoleSchema>;

/** A key is any text without blanks: the vendor documents no shape. */
export const saveKeySchema = z.object({
  apiKey: z
    .string()
    .trim()
    .min(8, { error: "api_key_too_short" })
    .max(4096, { error: "api_key_too_long" })
    .regex(/^[\x21-\x7e]+$/, { error: "api_key_characters" }),
});
export type SaveKeyInput = z.output<typeof saveKeySchema>;

/** What is shown of a team's upstream. Never the key. */
export const keyStatusSchema = z.object({
  upstream: z.enum(["live", "sandbox"]).nullable(),
  /** Host of the upstream when it is not the vendor's own. */
  host: z.string().nullable(),
  key: z
    .object({
      id: z.uuid(),
      lastFour: z.string(),
      createdAt: z.iso.datetime(),
      createdBy: z.string().nullable(),
      rejectedAt: z.iso.datetime().nullable(),
      rejectedReason: z.string().nullable(),
      outOfCreditsAt: z.iso.datetime().nullable(),
      lastSuccessAt: z.iso.datetime().nullable(),
      lastRefusalAt: z.iso.datetime().nullable(),
      lastRefusal: z.string().nullable(),
    })
    .nullable(),
  /** Whether the sandbox can be chosen: it is on, and the team holds no live data. */
  sandboxPossible: z.boolean(),
});
export type KeyStatus = z.output<typeof keyStatusSchema>;
