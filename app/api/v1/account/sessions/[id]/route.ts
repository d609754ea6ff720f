import { z } from "zod";
import { endOneSession } from "@/lib/accounts/end-sessions";
import { apiRoute } from "@/lib/http/api-route";

export const DELETE = apiRoute({
  summary: "Sign one browser out",
  account: true,
  params: z.object({ id: z.uuid() }),
  response: null,
  errors: ["not_found"],
  run: ({ account, params, call }) => endOneSession(account, params.id, call.visitor),
});
