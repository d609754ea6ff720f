import { text } from "node:stream/consumers";
import { proven, type TeamContextFacts } from "@/lib/auth/context";
import { entryColumns } from "@/lib/credits/csv-columns";
import { exportEntries } from "@/lib/credits/export-entries";
import { fileAnswer } from "@/lib/http/file-answer";
import { csvText } from "@/lib/platform/csv";
import { closePools } from "@/lib/platform/db";
import { type Runtime, setRuntime } from "@/lib/platform/runtime";

// A process of its own that exports a whole ledger: tests start it with little memory. It reads one order as JSON from
// its standard input, reads the file to its end, and answers with one line of JSON.
export type ExportOrder = { runtime: Runtime; team: TeamContextFacts };
export type ExportReport = { lines: number; bytes: number };

const order = JSON.parse(await text(process.stdin)) as ExportOrder;
setRuntime(order.runtime);
const ctx = proven(order.team);
const columns = entryColumns(ctx.team.timeZone, null);
const lines = csvText(
  columns,
  columns.map(({ key }) => key),
  exportEntries(ctx, {}),
);
const response = await fileAnswer({ mediaType: "text/csv", ending: "csv" }, ["ledger"], lines);
const report: ExportReport = { lines: 0, bytes: 0 };
const reader = (response.body as ReadableStream<Uint8Array>).getReader();
for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
  report.bytes += piece.value.byteLength;
  for (const byte of piece.value) if (byte === 10) report.lines += 1;
}
process.stdout.write(`${JSON.stringify(report)}\n`);
await closePools();
