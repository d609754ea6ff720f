import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { deleteSchedule } from "@/lib/schedules/delete-schedule";
import { readSchedule } from "@/lib/schedules/read-schedules";
import { scheduleSchema, scheduleWithSlotsSchema, updateScheduleSchema } from "@/lib/schedules/schemas";
import { updateSchedule } from "@/lib/schedules/update-schedule";

const params = z.object({ id: z.uuid() });

export const GET = apiRoute({
  summary: "A schedule with what came of its newest moments",
  permission: "tracking:read",
  params,
  response: scheduleWithSlotsSchema,
  run: ({ ctx, params }) => readSchedule(ctx, params.id),
});

export const PATCH = apiRoute({
  summary: "Change when a schedule is due, who pays for it, or let it rest",
  description: "With `version`, a change that somebody else made since then is a `conflict`.",
  permission: "schedules:write",
  params,
  body: updateScheduleSchema,
  response: scheduleSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => updateSchedule(ctx, params.id, body),
});

export const DELETE = apiRoute({
  summary: "End a schedule; what it renewed stays",
  permission: "schedules:write",
  params,
  response: null,
  run: ({ ctx, params }) => deleteSchedule(ctx, params.id),
});
