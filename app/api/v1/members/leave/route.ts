import { apiRoute } from "@/lib/http/api-route";
import { leaveTeam } from "@/lib/teams/leave-team";

export const POST = apiRoute({
  summary: "Leave the team",
  permission: "membership:leave",
  response: null,
  errors: ["conflict"],
  run: ({ ctx }) => leaveTeam(ctx),
});
