import { apiRoute } from "@/lib/http/api-route";
import { planSchedules } from "@/lib/schedules/plan-schedules";
import { readPlan } from "@/lib/schedules/read-plan";
import { planOverviewSchema, planSchedulesSchema, schedulePlanSchema, undonePlanSchema } from "@/lib/schedules/schemas";
import { undoPlan } from "@/lib/schedules/undo-plan";

export const GET = apiRoute({
  summary: "What the schedules cost on each day that is left of the credit period, and what limits leave for them",
  permission: "tracking:read",
  response: planOverviewSchema,
  run: ({ ctx }) => readPlan(ctx),
});

export const POST = apiRoute({
  summary: "Let schedules renew as often as a budget for the month allows, or ask what that would change",
  description:
    "The budget becomes the share for schedules. The least important is slowed down first; what is not named keeps its days.",
  permission: "limits:write",
  dryRuns: true,
  body: planSchedulesSchema,
  response: schedulePlanSchema,
  errors: ["key_missing"],
  run: ({ ctx, body }) => planSchedules(ctx, body),
});

export const DELETE = apiRoute({
  summary: "Undo the plan that was applied last",
  description: "Rules and the share for schedules are as before; what somebody changed since then stays.",
  permission: "limits:write",
  response: undonePlanSchema,
  run: ({ ctx }) => undoPlan(ctx),
});
