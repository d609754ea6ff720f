import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { pasteCategoryNames } from "@/lib/insights/paste-category-names";
import { readCategoryNames } from "@/lib/insights/read-category-names";
import { namedCategorySchema, pasteNamesReportSchema, pasteNamesSchema } from "@/lib/insights/schemas";

export const GET = apiRoute({
  summary: "Categories that the team has named itself",
  permission: "tracking:read",
  response: z.object({ items: z.array(namedCategorySchema) }),
  run: ({ ctx }) => readCategoryNames(ctx),
});

export const POST = apiRoute({
  summary: "Name many categories from a pasted table of id, name and aliases",
  description: "One a line: id, tab, name, tab, aliases separated by commas; at most 1,000 lines.",
  permission: "tracking:write",
  body: pasteNamesSchema,
  response: pasteNamesReportSchema,
  errors: ["key_missing"],
  run: ({ ctx, body }) => pasteCategoryNames(ctx, body),
});
