import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { resendInvitation } from "@/lib/teams/resend-invitation";
import { invitationLinkSchema } from "@/lib/teams/schemas";

export const POST = apiRoute({
  summary: "Make a new link for an invitation, for seven days from now; the old one opens nothing any more",
  permission: "members:write",
  params: z.object({ id: z.uuid() }),
  response: invitationLinkSchema,
  errors: ["conflict"],
  run: ({ ctx, params, call }) => resendInvitation(ctx, params.id, call.locale),
});
