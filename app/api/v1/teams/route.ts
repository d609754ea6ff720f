import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { createTeam } from "@/lib/teams/create-team";
import { readTeams } from "@/lib/teams/read-teams";
import { createTeamSchema, ownTeamSchema, teamSchema } from "@/lib/teams/schemas";

export const GET = apiRoute({
  summary: "One's own teams",
  account: true,
  response: z.object({ items: z.array(ownTeamSchema) }),
  run: async ({ account }) => ({ items: await readTeams(account.id) }),
});

export const POST = apiRoute({
  summary: "Make a team and become its owner",
  account: true,
  body: createTeamSchema,
  response: teamSchema,
  status: 201,
  errors: ["conflict"],
  run: ({ account, body, call }) => createTeam(account, body, call.visitor.address),
});
