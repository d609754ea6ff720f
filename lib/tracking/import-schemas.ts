import "server-only";
import { z } from "zod";
import { METRICS, regionSchema } from "@/lib/insights/schemas";
import { SHEET_COLUMNS } from "./sheet-columns";

export const MOST_IMPORT_ROWS = 20_000;
const MOST_CHARACTERS = 2_000_000;
/** Up to three bytes for each character, and the rest of the call. */
export const MOST_IMPORT_BYTES = 3 * MOST_CHARACTERS + 64 * 1024;

/** What a sheet's figures are of. */
export const IMPORT_WINDOWS = ["month", "1", "7", "30"] as const;
/** All but the provider's own change, which a sheet cannot know. */
export const IMPORTED_FIGURES = ["rank", ...METRICS.filter((metric) => metric !== "postsChangePct")] as const;
export type ImportedFigure = (typeof IMPORTED_FIGURES)[number];

export const importHistorySchema = z.object({
  /** What the sheet is called. */
  name: z
    .string({ error: "import_name_missing" })
    .transform((text) => text.normalize("NFC").trim().slice(0, 120))
    .pipe(z.string().min(1, { error: "import_name_missing" })),
  /** The sheet as CSV, or with tabs or semicolons. Its first line names the columns. */
  text: z
    .string({ error: "import_text_missing" })
    .max(MOST_CHARACTERS, { error: "import_too_large" })
    .refine((text) => text.trim() !== "", { error: "import_text_missing" }),
  /** What each column holds, in their order; understood from their heads when left out. */
  columns: z.array(z.enum(SHEET_COLUMNS).nullable()).max(100, { error: "import_too_many_columns" }).optional(),
  window: z.enum(IMPORT_WINDOWS, { error: "window_unknown" }).default("month"),
  /** Of lines that name none. */
  region: regionSchema,
  /** Only tells what would become of it. */
  dryRun: z.boolean().default(false),
});
export type ImportHistoryInput = z.output<typeof importHistorySchema>;

const IMPORT_REASONS = [
  "date",
  "future",
  "region",
  "category",
  "level",
  "ambiguous",
  "figure",
  "rate",
  "amount",
  "nothing",
  "twice",
] as const;

export const figuresSchema = z.partialRecord(z.enum(IMPORTED_FIGURES), z.number());
export type ImportedFigures = z.output<typeof figuresSchema>;

export const importReportSchema = z.object({
  /** Null after a dry run: nothing was kept yet. */
  importId: z.uuid().nullable(),
  /** Each column with its head and what it is taken to hold. */
  columns: z.array(z.object({ head: z.string(), holds: z.enum(SHEET_COLUMNS).nullable() })),
  /** Lines that were understood, and the first of them. */
  rows: z.int(),
  first: z.array(
    z.object({
      line: z.int(),
      categoryId: z.string(),
      name: z.string().nullable(),
      region: regionSchema,
      at: z.string(),
      figures: figuresSchema,
    }),
  ),
  /** Lines of which nothing is kept: how many, and the first of them. */
  missed: z.int(),
  misses: z.array(z.object({ line: z.int(), text: z.string(), reason: z.enum(IMPORT_REASONS) })),
  /** What no column holds and every line needs. */
  lacks: z.enum(["month", "category", "figure"]).nullable(),
});
export type ImportReport = z.output<typeof importReportSchema>;

export const historyImportSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  window: z.enum(IMPORT_WINDOWS),
  rows: z.int(),
  maker: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
});
export type HistoryImport = z.output<typeof historyImportSchema>;

/** What a team's sheets say of a category in a region and window; of several the newest. */
export type ImportedPoint = { at: string; figures: ImportedFigures; importName: string };
