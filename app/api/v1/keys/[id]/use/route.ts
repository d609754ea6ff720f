import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { keyStatusSchema } from "@/lib/teams/schemas";
import { useKey as putToUse } from "@/lib/teams/use-key";

export const POST = apiRoute({
  summary: "Put a kept key to use in place of the one that buys now",
  description: "Requests that were asked with the other key finish with it.",
  permission: "key:write",
  params: z.object({ id: z.uuid() }),
  response: keyStatusSchema,
  run: ({ ctx, params }) => putToUse(ctx, params.id),
});
