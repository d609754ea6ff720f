import { courseColumns } from "@/lib/alerts/csv-columns";
import { previewCourse } from "@/lib/alerts/preview-course";
import { ruleToTry, triedRuleSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";

export const GET = apiRoute({
  summary: "The stored course that a rule is tried on as a file; saves and spends nothing",
  description: `As drawn of \`POST /alerts/rules/preview\`: a line for each day, with whether the rule would have told something. ${ABOUT_CSV}`,
  permission: "alerts:read",
  query: triedRuleSchema,
  errors: ["key_missing"],
  response: null,
  file: CSV,
  run: async ({ ctx, query, call }) => {
    const course = await previewCourse(ctx, ruleToTry(query));
    const columns = courseColumns(course, ctx.team.upstream);
    return tableFile(call, ["alert-course", ctx.team.slug, course.categoryId], columns, [course.points]);
  },
});
