import { enterTopUp } from "@/lib/credits/enter-top-up";
import { readReconciliation } from "@/lib/credits/read-reconciliation";
import { balanceEntrySchema, enterBalanceSchema, reconciliationSchema } from "@/lib/credits/schemas";
import { stateBalance } from "@/lib/credits/state-balance";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "The stated KeyAPI balance against what it should be, and what could explain each drift",
  permission: "credits:read",
  response: reconciliationSchema,
  run: ({ ctx }) => readReconciliation(ctx),
});

export const POST = apiRoute({
  summary: "Note the balance that the KeyAPI dashboard shows, or credits that were bought for it",
  permission: "credits:settle",
  body: enterBalanceSchema,
  response: balanceEntrySchema,
  status: 201,
  errors: ["key_missing"],
  run: ({ ctx, body }) => (body.kind === "stated" ? stateBalance(ctx, body) : enterTopUp(ctx, body)),
});
