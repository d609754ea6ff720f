import { z } from "zod";
import { settleByHandSchema } from "@/lib/credits/schemas";
import { settleByHand } from "@/lib/credits/settle-by-hand";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Say what a request really cost, as the KeyAPI dashboard shows it",
  permission: "credits:settle",
  params: z.object({ id: z.uuid() }),
  body: settleByHandSchema,
  response: z.object({ id: z.uuid(), outcome: z.enum(["charged", "not_charged", "released"]) }),
  errors: ["conflict"],
  run: ({ ctx, params, body }) => settleByHand(ctx, params.id, body),
});
