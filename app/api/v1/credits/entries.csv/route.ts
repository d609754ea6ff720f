import { entryColumns } from "@/lib/credits/csv-columns";
import { exportEntries } from "@/lib/credits/export-entries";
import { readCreditPrice } from "@/lib/credits/read-credit-price";
import { exportInputSchema } from "@/lib/credits/schemas";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";

export const GET = apiRoute({
  summary: "The ledger as a file, newest first",
  description: ABOUT_CSV,
  permission: "credits:read",
  query: exportInputSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, query, call }) =>
    tableFile(
      call,
      ["ledger", ctx.team.slug, query.from, query.to],
      entryColumns(ctx.team.timeZone, await readCreditPrice(ctx)),
      exportEntries(ctx, query),
    ),
});
