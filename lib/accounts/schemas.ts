import { z } from "zod";
import { emailSchema, passwordSchema } from "@/lib/auth/schemas";

const tokenSchema = z.string().max(200, { error: "link_unknown" });
/** The present password, as loosely read as at sign-in. */
const presentPassword = z.string().min(1, { error: "required" }).max(1000, { error: "password_too_long" });

export const forgotPasswordSchema = z.object({ email: emailSchema });
export type ForgotPasswordInput = z.output<typeof forgotPasswordSchema>;

export const resetPasswordSchema = z.object({ token: tokenSchema, password: passwordSchema });
export type ResetPasswordInput = z.output<typeof resetPasswordSchema>;

export const changePasswordSchema = z.object({
  currentPassword: presentPassword,
  password: passwordSchema,
  /** Whether every other browser is signed out. */
  endOthers: z.boolean().default(true),
});
export type ChangePasswordInput = z.output<typeof changePasswordSchema>;

export const changeEmailSchema = z.object({ email: emailSchema, currentPassword: presentPassword });
export type ChangeEmailInput = z.output<typeof changeEmailSchema>;

export const confirmEmailSchema = z.object({ token: tokenSchema });

export const sessionSchema = z.object({
  id: z.uuid(),
  /** As far as the browser told; null for what is not known here. */
  browser: z.string().nullable(),
  system: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  /** The one that asks. */
  isCurrent: z.boolean(),
});
export type SignedInSession = z.output<typeof sessionSchema>;
export const sessionsSchema = z.object({ items: z.array(sessionSchema) });
export const startSecondFactorSchema = z.object({ currentPassword: presentPassword });
export const startedSecondFactorSchema = z.object({
  /** In Base32, to be typed where no camera is at hand. */
  secret: z.string(),
  uri: z.string(),
  /** The QR code of `uri`: a square of so many modules, and the dark ones as an SVG path. */
  qr: z.object({ size: z.int(), path: z.string() }),
});
export type StartedSecondFactor = z.output<typeof startedSecondFactorSchema>;

const codeSchema = z.string().trim().min(1, { error: "code_needed" }).max(40, { error: "code_wrong" });
export const confirmSecondFactorSchema = z.object({ code: codeSchema });
export const removeSecondFactorSchema = z.object({ currentPassword: presentPassword, code: codeSchema });
export type RemoveSecondFactorInput = z.output<typeof removeSecondFactorSchema>;
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });

export const deleteAccountSchema = z.object({
  /** One's own address, typed. */
  confirmation: z.string().trim().toLowerCase().max(254, { error: "confirmation_wrong" }),
  currentPassword: presentPassword,
  /** Where there is a second factor. */
  code: z.string().trim().max(40, { error: "code_wrong" }).optional(),
});
export type DeleteAccountInput = z.output<typeof deleteAccountSchema>;
