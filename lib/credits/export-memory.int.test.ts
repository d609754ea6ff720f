import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import type { ExportOrder, ExportReport } from "@/lib/testing/export-process";
import { makeTeam } from "@/lib/testing/factories";
import { EXPORTED_ENTRIES, fillLedger } from "@/lib/testing/synthetic-ledger";

/** Of V8's old space: an export that gathers its entries, or only its lines, would need more. */
const HEAP_MB = 64;

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

test(`${EXPORTED_ENTRIES} entries are exported by a process that may keep ${HEAP_MB} MB`, {
  timeout: 1_200_000,
}, async () => {
  const ctx = await makeTeam();
  const spread = { requests: EXPORTED_ENTRIES, days: 300, memberIds: [ctx.member.id], hashed: false };
  await fillLedger(database.superuserPool, ctx, spread);
  const script = fileURLToPath(new URL("../testing/export-process.ts", import.meta.url));
  const flags = [`--max-old-space-size=${HEAP_MB}`, "--conditions=react-server", "--import", "tsx"];
  const child = spawn(process.execPath, [...flags, script], { stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const order: ExportOrder = { runtime: database.runtime, team: ctx };
  child.stdin.end(JSON.stringify(order));
  const [output, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect([code, complaints]).toEqual([0, ""]);
  const report = JSON.parse(output) as ExportReport;
  expect(report.lines).toBe(EXPORTED_ENTRIES + 2);
  expect(report.bytes).toBeGreaterThan(20_000_000);
});
