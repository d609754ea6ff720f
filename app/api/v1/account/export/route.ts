import { exportAccount } from "@/lib/accounts/export-account";
import { apiRoute } from "@/lib/http/api-route";
import { fileAnswer } from "@/lib/http/file-answer";

export const GET = apiRoute({
  summary: "Everything that is held about oneself",
  description: "The account with its history, and one's own rows of each team that one is or was in.",
  account: true,
  response: null,
  file: "application/json",
  run: ({ account }) =>
    fileAnswer({ mediaType: "application/json", ending: "json" }, ["account"], exportAccount(account)),
});
