import { apiRoute } from "@/lib/http/api-route";
import { pauseSchedules } from "@/lib/schedules/pause-schedules";
import { pauseAllSchema, schedulePageSchema } from "@/lib/schedules/schemas";

export const POST = apiRoute({
  summary: "Let all schedules of the team rest, or go on with them",
  permission: "limits:write",
  body: pauseAllSchema,
  response: schedulePageSchema,
  run: ({ ctx, body }) => pauseSchedules(ctx, body.paused),
});
