import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { invite } from "@/lib/teams/invite";
import { readInvitations } from "@/lib/teams/read-invitations";
import { invitationLinkSchema, invitationSchema, inviteSchema } from "@/lib/teams/schemas";

export const GET = apiRoute({
  summary: "Invitations that nobody used or took back; never their links",
  permission: "members:write",
  response: z.object({ items: z.array(invitationSchema) }),
  run: async ({ ctx }) => ({ items: await readInvitations(ctx) }),
});

export const POST = apiRoute({
  summary: "Invite somebody, by mail or with a link that is told once; it serves once, for seven days",
  permission: "members:write",
  body: inviteSchema,
  response: invitationLinkSchema,
  status: 201,
  run: ({ ctx, body, call }) => invite(ctx, body, call.locale),
});
