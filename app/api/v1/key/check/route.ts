import { apiRoute } from "@/lib/http/api-route";
import { checkSource } from "@/lib/tracking/check-source";
import { readSourceChecks } from "@/lib/tracking/read-source-checks";
import { runAnswerSchema } from "@/lib/tracking/schemas";
import { checkSourceSchema, sourceChecksSchema } from "@/lib/tracking/source-check-schemas";

export const GET = apiRoute({
  summary: "What checks of the source have found, newest first, and what another one would cost; never spends",
  description:
    "Each finding has a verdict (`unknown` where the answers do not tell) and names the receipts of the answers that it rests on. `price` compares with balances that were stated before and after the check.",
  permission: "key:read",
  response: sourceChecksSchema,
  run: ({ ctx }) => readSourceChecks(ctx),
});

export const POST = apiRoute({
  summary: "Check what is assumed of the provider, or ask what that would cost",
  description:
    "In the job queue: `GET /runs/{id}` tells how it stands. What was fetched within the hour costs nothing. One check of a team at a time.",
  permission: "key:write",
  spends: true,
  dryRuns: true,
  body: checkSourceSchema,
  response: runAnswerSchema,
  status: 202,
  errors: ["key_missing", "key_rejected", "conflict"],
  run: ({ ctx, body, call }) => checkSource(ctx, body, call.idempotencyKey),
});
