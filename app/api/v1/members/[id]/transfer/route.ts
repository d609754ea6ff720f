import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { memberSchema } from "@/lib/teams/schemas";
import { transferOwnership } from "@/lib/teams/transfer-ownership";

export const POST = apiRoute({
  summary: "Make a member an owner in one's own place; one becomes an admin",
  permission: "ownership:transfer",
  params: z.object({ id: z.uuid() }),
  response: memberSchema,
  errors: ["conflict"],
  run: ({ ctx, params }) => transferOwnership(ctx, params.id),
});
