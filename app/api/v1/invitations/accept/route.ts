import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { acceptInvitation } from "@/lib/teams/accept-invitation";
import { acceptInvitationSchema } from "@/lib/teams/schemas";

export const POST = apiRoute({
  summary: "Join the team that a link invites to",
  account: true,
  body: acceptInvitationSchema,
  response: z.object({ slug: z.string() }),
  errors: ["not_found", "forbidden", "conflict"],
  run: ({ account, body, call }) => acceptInvitation(account, body.token, call.visitor),
});
