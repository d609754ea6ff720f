import { apiRoute } from "@/lib/http/api-route";
import { chooseFirstSteps } from "@/lib/tracking/choose-first-steps";
import { firstStepsChoiceSchema } from "@/lib/tracking/first-steps-schemas";

export const PUT = apiRoute({
  summary: "Hide the first steps of a new team from the asking member, or show them again",
  permission: "first_steps:write",
  body: firstStepsChoiceSchema,
  response: firstStepsChoiceSchema,
  run: ({ ctx, body }) => chooseFirstSteps(ctx, body),
});
