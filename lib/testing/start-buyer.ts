import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { BuyerOrder, BuyerReport } from "./buyer-process";

/** Starts a process that buys on orders. `kill` is SIGKILL, for tests of what a crash leaves behind. */
export async function startBuyer(): Promise<{
  order: (order: BuyerOrder) => Promise<BuyerReport>;
  kill: () => void;
  stop: () => Promise<void>;
}> {
  const script = fileURLToPath(new URL("./buyer-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", script], {
    stdio: ["pipe", "pipe", "inherit"],
    // Many at once on a busy machine: no answer may be given up on that was paid for.
    env: { ...process.env, LOG_LEVEL: "silent", KEYAPI_TIMEOUT_MS: "60000" },
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const line = await lines.next();
    if (line.done) throw new Error("The buyer's process ended");
    return line.value;
  };
  if ((await next()) !== "ready") throw new Error("The buyer's process did not start");
  return {
    async order(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return JSON.parse(await next()) as BuyerReport;
    },
    kill: () => child.kill("SIGKILL"),
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
