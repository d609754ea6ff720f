import { apiRoute } from "@/lib/http/api-route";
import { keepTeam } from "@/lib/teams/keep-team";
import { teamSettingsSchema } from "@/lib/teams/schemas";

export const POST = apiRoute({
  summary: "Keep a team that was about to be deleted",
  permission: "team:delete",
  response: teamSettingsSchema,
  run: ({ ctx }) => keepTeam(ctx),
});
