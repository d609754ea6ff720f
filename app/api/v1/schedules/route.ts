import { apiRoute } from "@/lib/http/api-route";
import { createSchedule } from "@/lib/schedules/create-schedule";
import { readSchedules } from "@/lib/schedules/read-schedules";
import { createdScheduleSchema, createScheduleSchema, schedulePageSchema } from "@/lib/schedules/schemas";

export const GET = apiRoute({
  summary: "Schedules, the next to come first, each with its last outcome and its price in 30 days",
  permission: "tracking:read",
  response: schedulePageSchema,
  run: ({ ctx }) => readSchedules(ctx),
});

export const POST = apiRoute({
  summary: "Let a saved search or a watchlist renew by itself, or ask what that would cost",
  description: "Nothing is bought now: the first renewal is at `nextDueAt`, at its owner's expense.",
  permission: "schedules:write",
  dryRuns: true,
  body: createScheduleSchema,
  response: createdScheduleSchema,
  status: 201,
  errors: ["not_found", "key_missing"],
  run: ({ ctx, body }) => createSchedule(ctx, body),
});
