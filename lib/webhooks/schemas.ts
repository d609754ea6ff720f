import { z } from "zod";
import { LANGUAGES } from "@/lib/auth/schemas";
import { checkQuiet, hoursFields, TEMPLATE_SIGNS } from "@/lib/notifications/schemas";
import { WEBHOOK_FORMATS, WEBHOOK_TIMINGS } from "./choices";

export { KEYWORD_BOTS, SIGNED_BOTS, WEBHOOK_SUBJECTS, type WebhookFormat } from "./choices";

/** Why a request did not end well. `unknown`: its process died, and nobody knows whether it arrived. */
export const WEBHOOK_PROBLEMS = [
  "address_refused",
  "host_unknown",
  "not_reached",
  "timeout",
  "redirect",
  "status",
  "answer",
  "unreadable",
  "unknown",
] as const;
export type WebhookProblem = (typeof WEBHOOK_PROBLEMS)[number];

const oneLine = (most: number, tooLong: string) =>
  z
    .string()
    .max(most * 3, { error: tooLong })
    .transform((text) => text.normalize("NFC").trim().replace(/\s+/g, " "))
    .pipe(
      z
        .string()
        .max(most, { error: tooLong })
        .regex(/^\P{Cc}*$/u, { error: "text_control" }),
    );

/** An address to post to. Whether it may be reached is looked at by the verb, and again at each connection. */
const url = z
  .string({ error: "webhook_url" })
  .trim()
  .max(2000, { error: "webhook_url" })
  .refine(isHttpAddress, { error: "webhook_url" });

function isHttpAddress(text: string): boolean {
  const parsed = URL.canParse(text) ? new URL(text) : null;
  return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === "" && parsed.password === "";
}

const fields = {
  name: oneLine(80, "label_too_long")
    .refine((name) => name !== "", { error: "webhook_name_missing" })
    .refine((name) => !TEMPLATE_SIGNS.test(name), { error: "alert_name_template" }),
  /** Of what a bot says; a program gets both the facts and the sentence. */
  language: z.enum(LANGUAGES, { error: "language_unknown" }),
  /** A word that the bot asks for in every message. */
  keyword: oneLine(40, "label_too_long").default(""),
  /** Also tell of limits, keys, and requests whose cost is unknown. */
  limits: z.boolean({ error: "yes_no_expected" }),
  /** Also tell that the provider's answers changed their shape. */
  provider: z.boolean({ error: "yes_no_expected" }).default(false),
  /** Also send the weekly review, at its own hour. */
  reviews: z.boolean({ error: "yes_no_expected" }).default(false),
  timing: z.enum(WEBHOOK_TIMINGS, { error: "alert_mail_unknown" }).default("at_once"),
  ...hoursFields,
  digestHour: hoursFields.digestHour.default(8),
  digestWeekday: hoursFields.digestWeekday.default(1),
  quietFrom: hoursFields.quietFrom.default(null),
  quietTo: hoursFields.quietTo.default(null),
};
const botSecret = oneLine(200, "webhook_secret_long");

export const createWebhookSchema = z
  .object({
    ...fields,
    format: z.enum(WEBHOOK_FORMATS, { error: "webhook_format_unknown" }),
    url,
    /** The one that the bot's page shows; for `json` we make one. */
    botSecret: botSecret.default(""),
  })
  .superRefine(checkQuiet);
export type CreateWebhookInput = z.output<typeof createWebhookSchema>;

/** What is left out of `url` and `botSecret` stays. */
export const updateWebhookSchema = z
  .object({
    ...fields,
    url: url.optional(),
    botSecret: botSecret.optional(),
    version: z.int({ error: "version_unknown" }).min(1, { error: "version_unknown" }).optional(),
  })
  .superRefine(checkQuiet);
export type UpdateWebhookInput = z.output<typeof updateWebhookSchema>;

export const switchWebhookSchema = z.object({ on: z.boolean({ error: "yes_no_expected" }) });
export type SwitchWebhookInput = z.output<typeof switchWebhookSchema>;

export const webhookSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  format: z.enum(WEBHOOK_FORMATS),
  language: z.enum(LANGUAGES),
  /** Of its address, of which the rest is a secret. */
  host: z.string(),
  keyword: z.string(),
  limits: z.boolean(),
  provider: z.boolean(),
  reviews: z.boolean(),
  timing: z.enum(WEBHOOK_TIMINGS),
  digestHour: z.int(),
  digestWeekday: z.int(),
  quietFrom: z.int().nullable(),
  quietTo: z.int().nullable(),
  /** `by_hand`, `failing` or `gone`: nothing is sent to it. Null while it works. */
  offReason: z.enum(["by_hand", "failing", "gone"]).nullable(),
  failingSince: z.iso.datetime().nullable(),
  lastDeliveredAt: z.iso.datetime().nullable(),
  /** Rules that tell it. */
  rules: z.int(),
  version: z.int(),
});
export type Webhook = z.output<typeof webhookSchema>;

/** The only answer that holds the secret; null for bots, which have their own. */
export const webhookMadeSchema = webhookSchema.extend({ secret: z.string().nullable() });
export const webhookSecretSchema = z.object({ secret: z.string() });

export const deliverySchema = z.object({
  /** The `webhook-id` of every attempt. */
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  state: z.enum(["waiting", "delivered", "failed"]),
  nextTryAt: z.iso.datetime().nullable(),
  /** What it tells: kinds of notifications, `review`, or `test`. */
  kinds: z.array(z.string()),
  items: z.int(),
  attempts: z.array(
    z.object({
      number: z.int(),
      startedAt: z.iso.datetime(),
      byHand: z.boolean(),
      status: z.int().nullable(),
      latencyMs: z.int().nullable(),
      problem: z.enum(WEBHOOK_PROBLEMS).nullable(),
      /** The beginning of what was answered. */
      answer: z.string().nullable(),
    }),
  ),
});
export type Delivery = z.output<typeof deliverySchema>;

export const deliveriesInputSchema = z.object({ cursor: z.uuid({ error: "cursor_unknown" }).optional() });
export type DeliveriesInput = z.output<typeof deliveriesInputSchema>;
export const deliveryPageSchema = z.object({ items: z.array(deliverySchema), nextCursor: z.uuid().nullable() });
export type DeliveryPage = z.output<typeof deliveryPageSchema>;
