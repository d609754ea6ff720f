import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { deleteOwnNumber } from "@/lib/tracking/delete-own-number";
import { ownNumberSchema, updateOwnNumberSchema } from "@/lib/tracking/own-number-schemas";
import { updateOwnNumber } from "@/lib/tracking/update-own-number";

const params = z.object({ id: categoryIdSchema, numberId: z.uuid() });
const placeOf = ({ id, numberId }: z.output<typeof params>) => ({ categoryId: id, numberId });

export const PATCH = apiRoute({
  summary: "Change the team's own figures of a month",
  permission: "tracking:write",
  params,
  body: updateOwnNumberSchema,
  response: ownNumberSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => updateOwnNumber(ctx, placeOf(params), body),
});

export const DELETE = apiRoute({
  summary: "Delete the team's own figures of a month",
  permission: "tracking:write",
  params,
  response: null,
  run: ({ ctx, params }) => deleteOwnNumber(ctx, placeOf(params)),
});
