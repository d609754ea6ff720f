import { apiRoute } from "@/lib/http/api-route";
import { movementsInputSchema, movementsSchema } from "@/lib/tracking/movement-schemas";
import { readMovements } from "@/lib/tracking/read-movements";

export const GET = apiRoute({
  summary: "What moved, came or went, most important first; never spends",
  description:
    "`scope` is `all`, `list.<id>` or `search.<id>`; `against` is `week` or `monday` (answers up to the end of that day are before) or `reviewed`: the caller's own mark of this scope, else a week ago. A move is weighed by its usual swing: 1.4826 × the median absolute deviation of the differences between answers one window apart that share no day, of at least 6 and at most 12. `new` and `gone` are said only within pages that were bought on both sides.",
  permission: "tracking:read",
  query: movementsInputSchema,
  response: movementsSchema,
  run: ({ ctx, query }) => readMovements(ctx, query),
});
