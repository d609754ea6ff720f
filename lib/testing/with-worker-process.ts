import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { runtime } from "@/lib/platform/runtime";

/** A worker in a process of its own, on the database of this test, until `until` has come; then it is killed (SIGKILL). */
export async function withWorkerProcess(until: () => Promise<unknown>): Promise<void> {
  const script = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", script], {
    stdio: ["pipe", "ignore", "inherit"],
    // No answer may be given up on before the test kills its worker.
    env: { ...process.env, KEYAPI_TIMEOUT_MS: "60000" },
  });
  const exited = once(child, "exit");
  try {
    child.stdin.write(`${JSON.stringify(runtime())}\n`);
    await Promise.race([until(), exited.then(() => Promise.reject(new Error("The worker's process ended")))]);
  } finally {
    child.kill("SIGKILL");
    await exited;
  }
}
