import { statementColumns, statementRows } from "@/lib/credits/csv-columns";
import { readStatement } from "@/lib/credits/read-statement";
import { statementInputSchema } from "@/lib/credits/schemas";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";

export const GET = apiRoute({
  summary: "The statement of one credit period as a file",
  description: `\`period\` is the period's first day; without it the running period. ${ABOUT_CSV}`,
  permission: "credits:read",
  query: statementInputSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, query, call }) => {
    const statement = await readStatement(ctx, query);
    const name = ["statement", ctx.team.slug, statement.period.from, statement.period.to];
    return tableFile(call, name, statementColumns(statement.price), [statementRows(statement)]);
  },
});
