import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { readCategory } from "@/lib/insights/read-category";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { noteColumns } from "@/lib/tracking/own-columns";
import { readNotes } from "@/lib/tracking/read-notes";

export const GET = apiRoute({
  summary: "Decisions and notes on a category as a file, each with the stored figures of then and since; never spends",
  description: ABOUT_CSV,
  permission: "tracking:read",
  params: z.object({ id: categoryIdSchema }),
  response: null,
  file: CSV,
  run: async ({ ctx, params: { id }, call }) => {
    const [facts, { items }] = await Promise.all([readCategory(ctx, id), readNotes(ctx, id)]);
    return tableFile(call, ["decisions", ctx.team.slug, id], noteColumns(facts, ctx.team.upstream), [items]);
  },
});
