import { z } from "zod";
import { readEntries } from "@/lib/credits/read-entries";
import { entriesInputSchema, entrySchema } from "@/lib/credits/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "The ledger, newest first",
  permission: "credits:read",
  query: entriesInputSchema,
  response: z.object({ items: z.array(entrySchema), nextCursor: z.string().nullable() }),
  run: ({ ctx, query }) => readEntries(ctx, query),
});
