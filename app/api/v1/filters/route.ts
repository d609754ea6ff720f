import { apiRoute } from "@/lib/http/api-route";
import { leaveFiltersSchema } from "@/lib/teams/filter-schemas";
import { leaveFilters } from "@/lib/teams/leave-filters";

export const PUT = apiRoute({
  summary: "Keep the filters that the asking member has chosen on a page, to find it so again",
  permission: "filters:write",
  body: leaveFiltersSchema,
  response: null,
  run: ({ ctx, body }) => leaveFilters(ctx, body),
});
