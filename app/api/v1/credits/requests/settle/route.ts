import { settledManySchema, settleManySchema } from "@/lib/credits/schemas";
import { settleMany } from "@/lib/credits/settle-many";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Say what several requests, or all unsettled ones, really cost",
  permission: "credits:settle",
  body: settleManySchema,
  response: settledManySchema,
  errors: ["not_found"],
  run: ({ ctx, body }) => settleMany(ctx, body),
});
