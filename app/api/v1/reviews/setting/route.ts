import { apiRoute } from "@/lib/http/api-route";
import { saveReviewSetting } from "@/lib/reviews/save-setting";
import { reviewSettingSchema } from "@/lib/reviews/schemas";

export const PUT = apiRoute({
  summary: "Whether and when the weekly review goes out, by the team's time zone",
  permission: "team:write",
  body: reviewSettingSchema,
  response: reviewSettingSchema,
  run: ({ ctx, body }) => saveReviewSetting(ctx, body),
});
