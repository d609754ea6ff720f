import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { notFound } from "@/lib/platform/errors";
import { previewRule } from "./preview-rule";
import type { AlertPreview, AlertRuleInput } from "./schemas";

/** The stored course that a preview draws. @throws `not_found` where nothing can be drawn, else as `previewRule` */
export async function previewCourse(
  ctx: TeamContext,
  rule: AlertRuleInput,
): Promise<NonNullable<AlertPreview["course"]>> {
  const { course } = await previewRule(ctx, rule);
  if (!course) throw notFound();
  return course;
}
