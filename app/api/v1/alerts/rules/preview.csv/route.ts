import { courseColumns } from "@/lib/alerts/csv-columns";
import { previewRule } from "@/lib/alerts/preview-rule";
import { ruleToTry, triedRuleSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { notFound } from "@/lib/platform/errors";

export const GET = apiRoute({
  summary: "The stored course that a rule is tried on as a file; saves and spends nothing",
  description: `As drawn of \`POST /alerts/rules/preview\`: a line for each day, with whether the rule would have told something. ${ABOUT_CSV}`,
  permission: "alerts:read",
  query: triedRuleSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, query, call }) => {
    const { course } = await previewRule(ctx, ruleToTry(query));
    if (!course) throw notFound();
    const columns = courseColumns(course, ctx.team.upstream);
    return tableFile(call, ["alert-course", ctx.team.slug, course.categoryId], columns, [course.points]);
  },
});
