import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { revokeInvitation } from "@/lib/teams/revoke-invitation";

export const DELETE = apiRoute({
  summary: "Take an invitation back; its link opens nothing any more",
  permission: "members:write",
  params: z.object({ id: z.uuid() }),
  response: null,
  errors: ["conflict"],
  run: ({ ctx, params }) => revokeInvitation(ctx, params.id),
});
