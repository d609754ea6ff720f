import { apiRoute } from "@/lib/http/api-route";
import { auditInputSchema, auditPageSchema } from "@/lib/teams/audit-schemas";
import { readAudit } from "@/lib/teams/read-audit";

export const GET = apiRoute({
  summary: "Who did what in the team, newest first",
  description: "Actions are an open vocabulary: `<kind>.<what happened>`. Filter by the kind.",
  permission: "audit:read",
  query: auditInputSchema,
  response: auditPageSchema,
  run: ({ ctx, query }) => readAudit(ctx, query),
});
