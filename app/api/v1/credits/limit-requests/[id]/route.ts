import { z } from "zod";
import { limitAskSchema } from "@/lib/credits/limit-schemas";
import { withdrawAsk } from "@/lib/credits/withdraw-ask";
import { apiRoute } from "@/lib/http/api-route";

export const DELETE = apiRoute({
  summary: "Take one's own ask for more back",
  permission: "insights:buy",
  params: z.object({ id: z.uuid() }),
  response: limitAskSchema,
  errors: ["conflict"],
  run: ({ ctx, params }) => withdrawAsk(ctx, params.id),
});
