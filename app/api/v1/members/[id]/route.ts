import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { changeRole } from "@/lib/teams/change-role";
import { removeMember } from "@/lib/teams/remove-member";
import { changeRoleSchema, memberSchema } from "@/lib/teams/schemas";

const params = z.object({ id: z.uuid() });

export const PATCH = apiRoute({
  summary: "Give a member another role; only owners make and change owners",
  permission: "members:write",
  params,
  body: changeRoleSchema,
  response: memberSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => changeRole(ctx, params.id, body),
});

export const DELETE = apiRoute({
  summary: "Take a member out of the team; their access and their tokens end at once",
  permission: "members:write",
  description: "Their schedules pass to the member named by `schedulesTo`, or rest.",
  params,
  query: z.object({ schedulesTo: z.uuid({ error: "member_unknown" }).optional() }),
  response: null,
  errors: ["conflict"],
  run: ({ ctx, params, query }) => removeMember(ctx, params.id, query.schedulesTo),
});
