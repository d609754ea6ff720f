import { z } from "zod";
import { emailSchema, LANGUAGES, PLAIN_TEXT, ROLES, SOMETHING_TO_SEE } from "@/lib/auth/schemas";
import { regionSchema } from "@/lib/insights/schemas";

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

const teamNameSchema = z
  .string()
  .trim()
  .max(80, { error: "team_name_too_long" })
  .regex(PLAIN_TEXT, { error: "text_control" })
  .regex(SOMETHING_TO_SEE, { error: "team_name_missing" });

export const createTeamSchema = z.object({
  name: teamNameSchema,
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

/** Would read like a page or a command in an address. */
export const RESERVED_SLUGS = new Set([
  "new",
  "api",
  "admin",
  "account",
  "settings",
  "help",
  "team",
  "teams",
  "t",
  "me",
]);

const slugSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(2, { error: "slug_short" })
  .max(50, { error: "slug_long" })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: "slug_characters" })
  .refine((slug) => !RESERVED_SLUGS.has(slug), { error: "slug_reserved" });

const settings = {
  name: teamNameSchema,
  slug: slugSchema,
  timeZone: timeZoneSchema,
  /** Of mails to people who are not here yet, and of accounts without a choice of their own. Null: the inviter's. */
  memberLanguage: z.enum(LANGUAGES, { error: "language_unknown" }).nullable(),
  defaultRegion: regionSchema,
  defaultWindow: z.enum(["1", "7", "30"], { error: "window_unknown" }),
  /** A stored answer younger than this serves instead of a purchase. */
  freshnessMinutes: z
    .int({ error: "age_unknown" })
    .min(0, { error: "age_unknown" })
    .max(525_600, { error: "freshness_long" }),
  /** Whether members need a second factor to get to this team. */
  secondFactorRequired: z.boolean({ error: "yes_no_expected" }),
};

/** Settings to change; what is left out stays. `version` is the one that the change was made on. */
export const updateTeamSchema = z
  .strictObject(settings)
  .partial()
  .extend({ version: z.int({ error: "version_missing" }) });
export type UpdateTeamInput = z.output<typeof updateTeamSchema>;

export const teamSettingsSchema = z.object({
  ...settings,
  name: z.string(),
  slug: z.string(),
  timeZone: z.string(),
  defaultRegion: z.string(),
  defaultWindow: z.string(),
  version: z.int(),
  /** When the team is purged; null while nobody asked for that. */
  deletesAt: z.iso.datetime().nullable(),
});
export type TeamSettings = z.output<typeof teamSettingsSchema>;

export const deleteTeamSchema = z.strictObject({ slug: z.string({ error: "slug_confirm" }).trim() });
export type DeleteTeamInput = z.output<typeof deleteTeamSchema>;

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

export const inviteSchema = z.strictObject({
  /** Null: a link for whoever has it. */
  email: emailSchema.nullable().default(null),
  role: roleSchema,
  /** The member's limit a month; null: the team's default. */
  limitCredits: z
    .number({ error: "limit_not_number" })
    .refine((credits) => Number.isInteger(credits), { error: "limit_fraction" })
    .min(0, { error: "limit_negative" })
    .max(1_000_000_000, { error: "limit_huge" })
    .nullable()
    .default(null),
});
export type InviteInput = z.output<typeof inviteSchema>;

/** An invitation that waits. Its link is not among what is kept. */
export const invitationSchema = z.object({
  id: z.uuid(),
  email: z.string().nullable(),
  role: z.enum(ROLES),
  limitCredits: z.int().nullable(),
  invitedBy: z.string(),
  sentAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  isExpired: z.boolean(),
});
export type Invitation = z.output<typeof invitationSchema>;

/** The link is told once. */
export const invitationLinkSchema = invitationSchema.extend({ url: z.url() });
export type InvitationLink = z.output<typeof invitationLinkSchema>;

export const acceptInvitationSchema = z.strictObject({ token: z.string().max(200, { error: "invitation_unknown" }) });

/** What the holder of a link sees before they join. */
export type Invited = {
  team: { name: string; slug: string };
  invitedBy: string;
  /** Null: for whoever has the link. */
  email: string | null;
  role: (typeof ROLES)[number];
  state: "open" | "used" | "expired" | "revoked";
};

/** A key is any text without blanks: the vendor documents no shape. */
export const saveKeySchema = z.object({
  /** What the team calls it. */
  name: z
    .string()
    .trim()
    .max(60, { error: "key_name_too_long" })
    .regex(/^\P{Cc}*$/u, { error: "text_control" })
    .optional(),
  apiKey: z
    .string()
    .trim()
    .min(8, { error: "api_key_too_short" })
    .max(4096, { error: "api_key_too_long" })
    .regex(/^[\x21-\x7e]+$/, { error: "api_key_characters" }),
});
export type SaveKeyInput = z.output<typeof saveKeySchema>;

/** One of the keys that a team keeps, and how it fares. Never the key. */
export const keptKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  lastFour: z.string(),
  /** The one that buys. */
  inUse: z.boolean(),
  createdAt: z.iso.datetime(),
  createdBy: z.string().nullable(),
  rejectedAt: z.iso.datetime().nullable(),
  rejectedReason: z.string().nullable(),
  outOfCreditsAt: z.iso.datetime().nullable(),
  lastSuccessAt: z.iso.datetime().nullable(),
  lastRefusalAt: z.iso.datetime().nullable(),
  lastRefusal: z.string().nullable(),
  /** The request whose receipt holds what the upstream said; null when none was refused. */
  refusedRequestId: z.uuid().nullable(),
});
export type KeptKey = z.output<typeof keptKeySchema>;

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
