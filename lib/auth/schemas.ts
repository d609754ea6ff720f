import { z } from "zod";

/** No control characters, and none that turn the direction of the words around them. */
export const PLAIN_TEXT = /^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u;
/** More than blanks, marks and characters that are not drawn. */
export const SOMETHING_TO_SEE = /[^\p{Z}\p{C}\p{M}\u115F\u1160\u3164\uFFA0]/u;

export const personNameSchema = z
  .string()
  .trim()
  .max(100, { error: "name_too_long" })
  .regex(PLAIN_TEXT, { error: "text_control" })
  .regex(SOMETHING_TO_SEE, { error: "name_missing" });
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, { error: "email_invalid" })
  .pipe(z.email({ error: "email_invalid" }));
export const passwordSchema = z
  .string()
  .min(12, { error: "password_too_short" })
  .max(200, { error: "password_too_long" });

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];
const languageSchema = z.enum(LANGUAGES, { error: "language_unknown" });

export const signUpSchema = z.object({
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
  language: languageSchema.optional(),
});
export type SignUpInput = z.output<typeof signUpSchema>;

/** The token of an invitation lets in where sign-up is closed. */
export const invitedSignUpSchema = signUpSchema.extend({
  invitation: z.string().max(200, { error: "invitation_unknown" }).optional(),
});
export type InvitedSignUpInput = z.output<typeof invitedSignUpSchema>;

/** Looser than sign-up: whatever was typed is either somebody's or not. */
export const signInSchema = z.object({
  email: z.string().trim().toLowerCase().max(254, { error: "email_invalid" }),
  password: z.string().max(1000, { error: "password_too_long" }),
  /** Of the second factor, where the account has one; without it the refusal's reason asks for it. */
  code: z.string().trim().max(40, { error: "code_wrong" }).optional(),
});
export type SignInInput = z.output<typeof signInSchema>;

/** Figures of a ranking that a person may hide; popularity and its change are always there. */
export const RANKING_COLUMNS = [
  "ctrPct",
  "cvrPct",
  "cpa",
  "cost",
  "impressions",
  "sixSecondViewRatePct",
  "likes",
  "comments",
  "shares",
] as const;
const columnsSchema = z
  .array(z.enum(RANKING_COLUMNS, { error: "columns_unknown" }), { error: "columns_unknown" })
  .max(RANKING_COLUMNS.length, { error: "columns_unknown" });

/** Null goes back to what follows the browser, the system or the language. */
export const updateAccountSchema = z.object({
  name: personNameSchema.optional(),
  language: languageSchema.nullable().optional(),
  theme: z.enum(["light", "dark"], { error: "theme_unknown" }).nullable().optional(),
  upColor: z.enum(["green", "red"], { error: "up_color_unknown" }).nullable().optional(),
  rankingColumns: columnsSchema.nullable().optional(),
});
export type UpdateAccountInput = z.output<typeof updateAccountSchema>;

/** A person as they see themselves. */
export const profileSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  language: z.enum(LANGUAGES).nullable(),
  theme: z.enum(["light", "dark"]).nullable(),
  upColor: z.enum(["green", "red"]).nullable(),
  /** Null: all of them. */
  rankingColumns: z.array(z.enum(RANKING_COLUMNS)).nullable(),
});
export type Profile = z.output<typeof profileSchema>;

export const ROLES = ["viewer", "analyst", "admin", "owner"] as const;

/** Who asks, for which team. `team` and `role` are null for a signed-in browser that named no team. */
export const meSchema = z.object({
  user: profileSchema,
  team: z
    .object({
      id: z.uuid(),
      slug: z.string(),
      name: z.string(),
      timeZone: z.string(),
      upstream: z.enum(["live", "sandbox"]).nullable(),
      defaultRegion: z.string(),
      defaultWindow: z.string(),
      freshnessMinutes: z.int(),
    })
    .nullable(),
  role: z.enum(ROLES).nullable(),
  /** Of the token that asks; null for a signed-in browser, which may do what its role allows. */
  scope: z.enum(["read", "read+spend"]).nullable(),
});
export type Me = z.output<typeof meSchema>;

/** What was made, by its id. */
export const createdSchema = z.object({ id: z.uuid() });
