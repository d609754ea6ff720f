import { readSavings } from "@/lib/credits/read-savings";
import { SAVINGS_COLUMNS, savingsRows } from "@/lib/credits/savings-columns";
import { savingsInputSchema } from "@/lib/credits/savings-schemas";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";

export const GET = apiRoute({
  summary: "What a credit period was spent on for nothing as a file",
  description: `After each line, what it would have cost otherwise. By default the last whole period. ${ABOUT_CSV}`,
  permission: "credits:read",
  query: savingsInputSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, query, call }) => {
    const savings = await readSavings(ctx, query);
    const name = ["savings", ctx.team.slug, savings.period.from, savings.period.to];
    return tableFile(call, name, SAVINGS_COLUMNS, [savingsRows(savings)]);
  },
});
