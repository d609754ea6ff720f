import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { removeKey } from "@/lib/teams/remove-key";
import { keyStatusSchema } from "@/lib/teams/schemas";

export const DELETE = apiRoute({
  summary: "Forget one of the team's keys",
  description: "Without a key in use nothing can be bought until another one is saved or put to use.",
  permission: "key:write",
  params: z.object({ id: z.uuid() }),
  response: keyStatusSchema,
  run: ({ ctx, params }) => removeKey(ctx, params.id),
});
