import { apiRoute } from "@/lib/http/api-route";
import { findInputSchema, foundSchema } from "@/lib/tracking/find-schemas";
import { findThings } from "@/lib/tracking/find-things";

export const GET = apiRoute({
  summary: "Categories, saved searches, watchlists and members by part of their name",
  description:
    "At most six of each, those that are called so first, then those that begin so; of one `kind` alone at most twenty. Private ones of others are not found.",
  permission: "tracking:read",
  query: findInputSchema,
  response: foundSchema,
  run: ({ ctx, query }) => findThings(ctx, query),
});
