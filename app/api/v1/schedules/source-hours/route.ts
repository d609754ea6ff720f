import { apiRoute } from "@/lib/http/api-route";
import { readSourceHours } from "@/lib/schedules/read-source-hours";
import { sourceHoursSchema } from "@/lib/schedules/schemas";

export const GET = apiRoute({
  summary: "When the provider's data usually changes, learned from the stored answers",
  description: "Null until at least five changes were caught between two answers less than a day apart, and agree.",
  permission: "tracking:read",
  response: sourceHoursSchema,
  run: async ({ ctx }) => ({ hours: await readSourceHours(ctx) }),
});
