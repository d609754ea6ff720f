import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { createSearch } from "@/lib/tracking/create-search";
import { readSearches } from "@/lib/tracking/read-searches";
import { createSearchSchema, savedSearchSchema, searchStateSchema } from "@/lib/tracking/schemas";

export const GET = apiRoute({
  summary: "Saved searches, each with its last run and what a run would cost now",
  permission: "tracking:read",
  response: z.object({ items: z.array(searchStateSchema) }),
  run: ({ ctx }) => readSearches(ctx),
});

export const POST = apiRoute({
  summary: "Save a search; buys nothing",
  permission: "tracking:write",
  body: createSearchSchema,
  response: savedSearchSchema,
  status: 201,
  errors: ["key_missing"],
  run: ({ ctx, body }) => createSearch(ctx, body),
});
