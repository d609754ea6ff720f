import "server-only";
import { z } from "zod";
import { METRICS, regionSchema, windowSchema } from "@/lib/insights/schemas";

const NOTE_KINDS = ["entered", "dropped", "watching", "note"] as const;

const text = z
  .string({ error: "note_text_missing" })
  .max(4000, { error: "note_text_too_long" })
  .transform((given) => given.normalize("NFC").trim())
  .pipe(z.string().min(1, { error: "note_text_missing" }).max(2000, { error: "note_text_too_long" }));
const day = z.iso.date({ error: "date_unknown" });
const kind = z.enum(NOTE_KINDS, { error: "note_kind_unknown" });
const window = z
  .string()
  .refine((given) => given === "month" || windowSchema.safeParse(given).success, { error: "window_unknown" })
  .transform((given) => (given.includes("-") ? "month" : given));
/** Empty or null: nobody is to look again. */
const recheckOn = z.preprocess((given) => (given === "" ? null : given), day.nullable());

export const createNoteSchema = z.object({
  kind: kind.default("note"),
  text,
  region: regionSchema,
  /** What the figures since are looked at through; `month` joins the calendar months. */
  window: window.default("7"),
  /** A day of the team, today when left out. */
  decidedOn: day.optional(),
  recheckOn: recheckOn.default(null),
});
export type CreateNoteInput = z.output<typeof createNoteSchema>;

export const updateNoteSchema = z.object({
  kind: kind.optional(),
  text: text.optional(),
  decidedOn: day.optional(),
  recheckOn: recheckOn.optional(),
  /** The version that the change was made on: somebody else's change since then is a conflict. */
  version: z.int({ error: "version_unknown" }).min(1, { error: "version_unknown" }).optional(),
});
export type UpdateNoteInput = z.output<typeof updateNoteSchema>;

const metric = z.number().nullable();
const side = z.object({
  fetchedAt: z.iso.datetime(),
  window: z.string(),
  figures: z.record(z.enum(METRICS), metric),
});

export const categoryNoteSchema = z.object({
  id: z.uuid(),
  categoryId: z.string(),
  region: regionSchema,
  window: z.string(),
  kind,
  text: z.string(),
  decidedOn: z.iso.date(),
  recheckOn: z.iso.date().nullable(),
  /** The day to look again has come. */
  isDue: z.boolean(),
  /** Null once its maker has left the team. */
  maker: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** The newest stored figures of the day of the decision or before; null when there are none. */
  before: side.nullable(),
  /** The newest stored figures at least one whole window after those; null when there are none. */
  after: side.nullable(),
});
export type CategoryNote = z.output<typeof categoryNoteSchema>;
