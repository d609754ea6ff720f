import { apiRoute } from "@/lib/http/api-route";
import { keyStatusSchema } from "@/lib/teams/schemas";
import { useSandbox } from "@/lib/teams/use-sandbox";

export const POST = apiRoute({
  summary: "Practise with the sandbox's invented data",
  permission: "key:write",
  response: keyStatusSchema,
  errors: ["conflict"],
  run: ({ ctx }) => useSandbox(ctx),
});
