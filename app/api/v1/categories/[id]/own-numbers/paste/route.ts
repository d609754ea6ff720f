import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { pasteOwnNumbers } from "@/lib/tracking/paste-own-numbers";
import { ownPasteReportSchema, pasteOwnNumbersSchema } from "@/lib/tracking/paste-own-schemas";

export const POST = apiRoute({
  summary: "Enter a table of own numbers, or ask what would become of it",
  description:
    "The first line names the columns, in English or Chinese. With `dryRun` nothing is kept. Without it all that was understood is kept, or nothing: months that are there are only changed when `shown` names them in their present version.",
  permission: "tracking:write",
  params: z.object({ id: categoryIdSchema }),
  body: pasteOwnNumbersSchema,
  response: ownPasteReportSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => pasteOwnNumbers(ctx, params.id, body),
});
