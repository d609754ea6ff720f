import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { revokeToken } from "@/lib/teams/revoke-token";

export const DELETE = apiRoute({
  summary: "Revoke a token",
  description: "One's own; any of the team for owners and admins. It answers 401 from its next call on.",
  permission: "tokens:write",
  params: z.object({ id: z.uuid() }),
  response: null,
  run: ({ ctx, params }) => revokeToken(ctx, params.id),
});
