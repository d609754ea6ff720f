import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { readCategory } from "@/lib/insights/read-category";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { ownNumberColumns } from "@/lib/tracking/own-columns";
import { readOwnNumbers } from "@/lib/tracking/read-own-numbers";

export const GET = apiRoute({
  summary: "The team's own numbers of a category as a file, in every region, the newest month first",
  description: ABOUT_CSV,
  permission: "tracking:read",
  params: z.object({ id: categoryIdSchema }),
  response: null,
  file: CSV,
  run: async ({ ctx, params: { id }, call }) => {
    const [facts, { items }] = await Promise.all([readCategory(ctx, id), readOwnNumbers(ctx, id)]);
    return tableFile(call, ["own-numbers", ctx.team.slug, id], ownNumberColumns(facts), [items]);
  },
});
