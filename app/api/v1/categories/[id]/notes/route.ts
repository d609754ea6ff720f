import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { createNote } from "@/lib/tracking/create-note";
import { categoryNoteSchema, createNoteSchema } from "@/lib/tracking/note-schemas";
import { readNotes } from "@/lib/tracking/read-notes";

const params = z.object({ id: categoryIdSchema });

export const GET = apiRoute({
  summary: "Decisions and notes on a category, each with the stored figures of then and since; never spends",
  permission: "tracking:read",
  params,
  response: z.object({ items: z.array(categoryNoteSchema) }),
  run: ({ ctx, params }) => readNotes(ctx, params.id),
});

export const POST = apiRoute({
  summary: "Note a decision on a category, with its reason and a day to look again",
  permission: "tracking:write",
  params,
  body: createNoteSchema,
  response: categoryNoteSchema,
  status: 201,
  errors: ["key_missing"],
  run: ({ ctx, params, body }) => createNote(ctx, params.id, body),
});
