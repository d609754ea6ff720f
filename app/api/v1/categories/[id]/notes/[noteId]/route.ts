import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { deleteNote } from "@/lib/tracking/delete-note";
import { categoryNoteSchema, updateNoteSchema } from "@/lib/tracking/note-schemas";
import { updateNote } from "@/lib/tracking/update-note";

const params = z.object({ id: categoryIdSchema, noteId: z.uuid() });
const placeOf = ({ id, noteId }: z.output<typeof params>) => ({ categoryId: id, noteId });

export const PATCH = apiRoute({
  summary: "Change a note; its maker, admins and owners can",
  permission: "tracking:write",
  params,
  body: updateNoteSchema,
  response: categoryNoteSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => updateNote(ctx, placeOf(params), body),
});

export const DELETE = apiRoute({
  summary: "Delete a note; its maker, admins and owners can",
  permission: "tracking:write",
  params,
  response: null,
  run: ({ ctx, params }) => deleteNote(ctx, placeOf(params)),
});
