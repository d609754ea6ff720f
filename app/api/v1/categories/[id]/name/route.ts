import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { saveCategoryName } from "@/lib/insights/save-category-name";
import { categoryIdSchema, categoryNameInputSchema, namedCategorySchema } from "@/lib/insights/schemas";

export const PUT = apiRoute({
  summary: "Give a category the team's own name and aliases; none takes them away",
  permission: "tracking:write",
  params: z.object({ id: categoryIdSchema }),
  body: categoryNameInputSchema,
  response: namedCategorySchema,
  errors: ["conflict", "key_missing"],
  run: ({ ctx, params, body }) => saveCategoryName(ctx, params.id, body),
});
