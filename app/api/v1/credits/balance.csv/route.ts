import { readReconciliation } from "@/lib/credits/read-reconciliation";
import { balanceColumns } from "@/lib/credits/savings-columns";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";

export const GET = apiRoute({
  summary: "Stated KeyAPI balances and top-ups as a file, newest first, each with what was expected",
  description: `A positive drift is more on the account than expected. ${ABOUT_CSV}`,
  permission: "credits:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) => {
    const { upstream, entries } = await readReconciliation(ctx);
    return tableFile(call, ["balance", ctx.team.slug], balanceColumns(upstream), [entries]);
  },
});
