import { apiRoute } from "@/lib/http/api-route";
import { providerBreaksSchema } from "@/lib/insights/break-schemas";
import { readBreaks } from "@/lib/insights/read-breaks";

export const GET = apiRoute({
  summary: "Where the provider's answers changed their shape, newest first",
  permission: "insights:read",
  response: providerBreaksSchema,
  run: ({ ctx }) => readBreaks(ctx),
});
