import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { answerColumns } from "@/lib/insights/csv-columns";
import { exportAnswers } from "@/lib/insights/export-answers";

export const GET = apiRoute({
  summary: "What is stored as a file: every question with its newest answer, the newest first; never spends",
  description: ABOUT_CSV,
  permission: "insights:read",
  response: null,
  file: CSV,
  run: ({ ctx, call }) =>
    tableFile(call, ["stored", ctx.team.slug], answerColumns(ctx.team.upstream), exportAnswers(ctx)),
});
