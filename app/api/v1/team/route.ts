import { apiRoute } from "@/lib/http/api-route";
import { deleteTeam } from "@/lib/teams/delete-team";
import { readTeamSettings } from "@/lib/teams/read-team-settings";
import { deleteTeamSchema, teamSettingsSchema, updateTeamSchema } from "@/lib/teams/schemas";
import { updateTeam } from "@/lib/teams/update-team";

export const GET = apiRoute({
  summary: "What the team decided about itself: name, address, time zone, defaults",
  permission: "team:read",
  response: teamSettingsSchema,
  run: ({ ctx }) => readTeamSettings(ctx),
});

export const PATCH = apiRoute({
  summary: "Change some of it; a former address leads to the team for ever",
  permission: "team:write",
  body: updateTeamSchema,
  response: teamSettingsSchema,
  errors: ["conflict"],
  run: ({ ctx, body }) => updateTeam(ctx, body),
});

export const DELETE = apiRoute({
  summary: "Delete the team in seven days, until when it can be read, exported and kept after all",
  permission: "team:delete",
  body: deleteTeamSchema,
  response: teamSettingsSchema,
  run: ({ ctx, body }) => deleteTeam(ctx, body),
});
