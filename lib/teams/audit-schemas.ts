import "server-only";
import { z } from "zod";

/** Kinds of entries that have a name on screen, in the order of the list. The log takes others as well. */
export const AUDIT_KINDS = [
  "sign_in",
  "account",
  "permission",
  "team",
  "member",
  "invitation",
  "limit",
  "credit_settings",
  "key",
  "token",
  "credits",
  "balance",
  "search",
  "watchlist",
  "watch_item",
  "alert_rule",
  "provider_break",
  "weekly_review",
  "category",
  "schedule",
  "webhook",
  "raw_answers",
] as const;

const spanInOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  !from || !to || from <= to;
const SPAN_REVERSED = { path: ["to"], error: "dates_reversed" };

const filter = z.object({
  from: z.iso.date({ error: "date_unknown" }).optional(),
  to: z.iso.date({ error: "date_unknown" }).optional(),
  /** Who acted. */
  member: z.uuid({ error: "member_unknown" }).optional(),
  /** The first word of the action. */
  kind: z
    .string()
    .regex(/^[a-z_]{1,40}$/, { error: "audit_kind_unknown" })
    .optional(),
});

/** Which entries are meant. Days are the team's; both ends are included. */
export const auditFilterSchema = filter.refine(spanInOrder, SPAN_REVERSED);
export type AuditFilter = z.output<typeof auditFilterSchema>;

export const auditInputSchema = filter
  .extend({ cursor: z.string().max(200).optional() })
  .refine(spanInOrder, SPAN_REVERSED);
export type AuditInput = z.output<typeof auditInputSchema>;

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]));
const named = z.object({ id: z.uuid(), name: z.string() });

/** Who did what, from where, and what it changed. */
export const auditEntrySchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** `operator`: by a command of the installation; `system`: by a rule, without anybody. */
  actor: z.enum(["member", "token", "operator", "system"]),
  /** Null for the operator and the system; for a token, the member it belongs to. */
  member: named.nullable(),
  token: named.nullable(),
  action: z.string(),
  details: facts,
  /** The changed fields as they were and as they became; null where nothing of that kind was changed. */
  before: facts.nullable(),
  after: facts.nullable(),
  address: z.string().nullable(),
  device: z.string().nullable(),
});
export type AuditEntry = z.output<typeof auditEntrySchema>;

export const auditPageSchema = z.object({ items: z.array(auditEntrySchema), nextCursor: z.string().nullable() });
export type AuditPage = z.output<typeof auditPageSchema>;
