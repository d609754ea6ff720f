import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { runSchedule } from "@/lib/schedules/run-schedule";
import { runScheduleSchema, slotSchema } from "@/lib/schedules/schemas";

export const POST = apiRoute({
  summary: "Renew at once, at the schedule's owner's expense; its next moment stays",
  permission: "schedules:write",
  spends: true,
  params: z.object({ id: z.uuid() }),
  body: runScheduleSchema,
  response: slotSchema,
  status: 202,
  errors: ["conflict"],
  run: ({ ctx, params, body, call }) => runSchedule(ctx, params.id, body, call.idempotencyKey),
});
