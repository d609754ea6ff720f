import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { readMembers } from "@/lib/teams/read-members";
import { memberSchema } from "@/lib/teams/schemas";

export const GET = apiRoute({
  summary: "The members of the team and their roles",
  permission: "members:read",
  response: z.object({ items: z.array(memberSchema) }),
  run: async ({ ctx }) => ({ items: await readMembers(ctx) }),
});
