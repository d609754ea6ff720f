import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { createOwnNumber } from "@/lib/tracking/create-own-number";
import { createOwnNumberSchema, ownNumberSchema } from "@/lib/tracking/own-number-schemas";
import { readOwnNumbers } from "@/lib/tracking/read-own-numbers";

const params = z.object({ id: categoryIdSchema });

export const GET = apiRoute({
  summary: "The team's own figures of a category by region and month, newest month first",
  permission: "tracking:read",
  params,
  response: z.object({ items: z.array(ownNumberSchema) }),
  run: ({ ctx, params }) => readOwnNumbers(ctx, params.id),
});

export const POST = apiRoute({
  summary: "Enter the team's own figures of a category for a region and month",
  permission: "tracking:write",
  params,
  body: createOwnNumberSchema,
  response: ownNumberSchema,
  status: 201,
  errors: ["key_missing"],
  run: ({ ctx, params, body }) => createOwnNumber(ctx, params.id, body),
});
