import { createInterface } from "node:readline";
import { startWorker } from "@/lib/jobs/worker";
import { type Runtime, setRuntime } from "@/lib/platform/runtime";

// A worker in a process of its own, as `npm run worker` is one: tests kill it. It reads its runtime as one line.
for await (const line of createInterface({ input: process.stdin })) {
  setRuntime(JSON.parse(line) as Runtime);
  await startWorker();
}
