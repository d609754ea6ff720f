import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { readRanking } from "@/lib/insights/read-ranking";
import { readStoredPages } from "@/lib/insights/read-stored-pages";
import { questionSchema } from "@/lib/insights/schemas";
import { rankingColumns } from "@/lib/tracking/csv-columns";

export const GET = apiRoute({
  summary: "All stored pages of a ranking as a file; never spends",
  description: `A question as in \`GET /insights\`, whatever its page; each row says of how many, and when its page was fetched. ${ABOUT_CSV}`,
  permission: "insights:read",
  query: questionSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, query, call }) => {
    const stored = await readStoredPages(ctx, query);
    const ranking = await readRanking(
      ctx,
      stored.map(({ page }) => ({ ...query, page })),
    );
    const name = [
      "ranking",
      ctx.team.slug,
      query.region,
      query.window,
      query.category ?? undefined,
      query.q ?? undefined,
    ];
    return tableFile(call, name, rankingColumns(ranking, { source: ctx.team.upstream, ...query }), [ranking.rows]);
  },
});
