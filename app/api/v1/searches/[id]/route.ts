import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { deleteSearch } from "@/lib/tracking/delete-search";
import { readSearch } from "@/lib/tracking/read-searches";
import { savedSearchSchema, searchStateSchema, updateSearchSchema } from "@/lib/tracking/schemas";
import { updateSearch } from "@/lib/tracking/update-search";

const params = z.object({ id: z.uuid() });

export const GET = apiRoute({
  summary: "A saved search",
  permission: "tracking:read",
  params,
  response: searchStateSchema,
  run: ({ ctx, params }) => readSearch(ctx, params.id),
});

export const PATCH = apiRoute({
  summary: "Change a saved search",
  description: "With `version`, a change that somebody else made since then is a `conflict`.",
  permission: "tracking:write",
  params,
  body: updateSearchSchema,
  response: savedSearchSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => updateSearch(ctx, params.id, body),
});

export const DELETE = apiRoute({
  summary: "Delete a saved search; it can be restored",
  permission: "tracking:write",
  params,
  response: null,
  run: ({ ctx, params }) => deleteSearch(ctx, params.id),
});
