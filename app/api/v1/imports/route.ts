import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { importHistory } from "@/lib/tracking/import-history";
import {
  historyImportSchema,
  importHistorySchema,
  importReportSchema,
  MOST_IMPORT_BYTES,
} from "@/lib/tracking/import-schemas";
import { readImports } from "@/lib/tracking/read-imports";

export const GET = apiRoute({
  summary: "The sheets that the team brought its own history from, the newest first",
  permission: "tracking:read",
  response: z.object({ items: z.array(historyImportSchema) }),
  run: ({ ctx }) => readImports(ctx),
});

export const POST = apiRoute({
  summary: "Bring history in from a sheet, or ask how it is understood",
  description:
    "The first line names the columns; `columns` says what each holds. With `dryRun` nothing is kept. What is kept is marked as imported, has no receipt, and enters no rank, percentile, movement or alert. Up to 20,000 lines.",
  permission: "tracking:write",
  body: importHistorySchema,
  maxBodyBytes: MOST_IMPORT_BYTES,
  response: importReportSchema,
  errors: ["key_missing"],
  run: ({ ctx, body }) => importHistory(ctx, body),
});
