import { endOtherSessions } from "@/lib/accounts/end-sessions";
import { readSessions } from "@/lib/accounts/read-sessions";
import { sessionsSchema } from "@/lib/accounts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "Browsers that are signed in to one's own account",
  account: true,
  response: sessionsSchema,
  run: async ({ account }) => ({ items: await readSessions(account) }),
});

export const DELETE = apiRoute({
  summary: "Sign every other browser out",
  account: true,
  response: null,
  run: ({ account, call }) => endOtherSessions(account, call.visitor),
});
