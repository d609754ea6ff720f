import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { readRanking } from "@/lib/insights/read-ranking";
import { rankingColumns } from "@/lib/tracking/csv-columns";
import { readSearch } from "@/lib/tracking/read-searches";
import { questionsOf } from "@/lib/tracking/search-rows";

export const GET = apiRoute({
  summary: "The stored ranking of a saved search over all its pages, as a file",
  description: ABOUT_CSV,
  permission: "tracking:read",
  params: z.object({ id: z.uuid() }),
  response: null,
  file: CSV,
  run: async ({ ctx, params, call }) => {
    const search = await readSearch(ctx, params.id);
    const ranking = await readRanking(ctx, questionsOf(search));
    return tableFile(
      call,
      ["ranking", ctx.team.slug, search.name],
      rankingColumns(ranking, { source: ctx.team.upstream, ...search }),
      [ranking.rows],
    );
  },
});
