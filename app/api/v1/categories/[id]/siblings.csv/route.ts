import { z } from "zod";
import { aroundCategory, siblingsOf } from "@/app/t/[team]/categories/[id]/around-category";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { siblingColumns } from "@/lib/insights/csv-columns";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryNow } from "@/lib/insights/read-category-now";
import { categoryIdSchema } from "@/lib/insights/schemas";

export const GET = apiRoute({
  summary:
    "A category and those under the same second level as a file, each by its newest stored figures; never spends",
  description: `By popularity. With \`window=month\` all of them are of the newest stored month. ${ABOUT_CSV}`,
  permission: "insights:read",
  params: z.object({ id: categoryIdSchema }),
  query: historyInputSchema.pick({ region: true, window: true }),
  response: null,
  file: CSV,
  run: async ({ ctx, params: { id }, query, call }) => {
    const [facts, now] = await Promise.all([
      readCategory(ctx, id),
      readCategoryNow(ctx, id, query, { withReceipts: true }),
    ]);
    const { parent } = aroundCategory(facts, call.locale);
    const siblings = siblingsOf(facts, now);
    const own = now.current ? [{ ...now.current, id, name: facts.name }] : [];
    const lines = siblings.length > 0 ? siblings : own;
    const columns = siblingColumns(parent, { source: ctx.team.upstream, region: query.region });
    return tableFile(call, ["siblings", ctx.team.slug, id, query.region, query.window], columns, [lines]);
  },
});
