import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { auditFilterSchema } from "@/lib/teams/audit-schemas";
import { auditColumns, exportAudit } from "@/lib/teams/export-audit";

export const GET = apiRoute({
  summary: "The audit log as a file, newest first",
  description: ABOUT_CSV,
  permission: "audit:read",
  query: auditFilterSchema,
  response: null,
  file: CSV,
  run: ({ ctx, query, call }) =>
    tableFile(
      call,
      ["audit", ctx.team.slug, query.from, query.to],
      auditColumns(ctx.team.timeZone),
      exportAudit(ctx, query),
    ),
});
