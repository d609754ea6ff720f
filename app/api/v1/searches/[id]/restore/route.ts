import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { restoreSearch } from "@/lib/tracking/restore-search";
import { savedSearchSchema } from "@/lib/tracking/schemas";

export const POST = apiRoute({
  summary: "Bring a deleted search back",
  permission: "tracking:write",
  params: z.object({ id: z.uuid() }),
  response: savedSearchSchema,
  run: ({ ctx, params }) => restoreSearch(ctx, params.id),
});
