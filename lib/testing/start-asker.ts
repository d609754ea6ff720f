import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { runtime } from "@/lib/platform/runtime";
import type { AskerOrder, AskerReport } from "./asker-process";

type Who = { slug: string; userId: string } | { token: string };

/** Starts a second web process on the database of this test. */
export async function startAsker() {
  const script = fileURLToPath(new URL("./asker-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", script], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, LOG_LEVEL: "silent" },
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const line = await lines.next();
    if (line.done) throw new Error("The asker's process ended");
    return line.value;
  };
  if ((await next()) !== "ready") throw new Error("The asker's process did not start");
  return {
    /** What this person or token is in the second process now. */
    async ask(who: Who): Promise<AskerReport> {
      child.stdin.write(`${JSON.stringify({ runtime: runtime(), ...who } satisfies AskerOrder)}\n`);
      return JSON.parse(await next()) as AskerReport;
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
