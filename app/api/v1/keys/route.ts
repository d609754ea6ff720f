import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { readKeys } from "@/lib/teams/read-keys";
import { keptKeySchema } from "@/lib/teams/schemas";

export const GET = apiRoute({
  summary: "The live keys that the team keeps, the one in use first; never a key itself",
  permission: "key:read",
  response: z.object({ items: z.array(keptKeySchema) }),
  run: async ({ ctx }) => ({ items: await readKeys(ctx) }),
});
