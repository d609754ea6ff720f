import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { readCategories } from "@/lib/insights/read-categories";
import { categorySchema, questionSchema } from "@/lib/insights/schemas";

const { q, category } = questionSchema.shape;

export const GET = apiRoute({
  summary: "Categories learned from the team's answers",
  permission: "insights:read",
  query: z.object({ q, parent: category }),
  response: z.object({ items: z.array(categorySchema) }),
  run: ({ ctx, query }) => readCategories(ctx, query),
});
