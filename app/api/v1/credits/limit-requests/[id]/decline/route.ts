import { z } from "zod";
import { declineMore } from "@/lib/credits/decline-more";
import { limitAskSchema } from "@/lib/credits/limit-schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Decline an ask for more",
  permission: "limits:write",
  params: z.object({ id: z.uuid() }),
  response: limitAskSchema,
  errors: ["conflict"],
  run: ({ ctx, params }) => declineMore(ctx, params.id),
});
