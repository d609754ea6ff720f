import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { restoreImport } from "@/lib/tracking/remove-import";

export const POST = apiRoute({
  summary: "Have a removed import back as it was",
  permission: "tracking:write",
  params: z.object({ id: z.uuid() }),
  response: null,
  run: ({ ctx, params }) => restoreImport(ctx, params.id),
});
