import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { removeImport } from "@/lib/tracking/remove-import";

export const DELETE = apiRoute({
  summary: "Take an import out of every chart and table, whole",
  permission: "tracking:write",
  params: z.object({ id: z.uuid() }),
  response: null,
  run: ({ ctx, params }) => removeImport(ctx, params.id),
});
