import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "@/scripts/root";

const PROGRAM = join(ROOT, ".build/server.mjs");

export type StartedApp = {
  /** Where it answers; empty for a worker. */
  url: string;
  /** Resolves with what follows the words in the line that it says next with them. @throws when it ended instead */
  says(words: string): Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
};

/** The built application, or with `worker` its worker alone, in a process of its own on a database of the tests. */
export async function startApp(
  database: { ownerUrl: string; appUrl: string; appSecret: string },
  { worker = false, env = {} }: { worker?: boolean; env?: Record<string, string> } = {},
): Promise<StartedApp> {
  if (!existsSync(PROGRAM)) throw new Error("The application is not built: `npm test` does that first");
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...(worker ? ["--worker"] : [])], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH,
      HOME,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      LOG_LEVEL: "silent",
      PORT: "0",
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.appUrl,
      APP_SECRET: database.appSecret,
      SANDBOX: "off",
      WORKER: "off",
      ...env,
    },
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const says = async (words: string) => {
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      if (next.value.includes(words)) return next.value.split(words)[1] ?? "";
    }
    throw new Error(`It ended without saying “${words}”`);
  };
  const url = await says(worker ? "The worker is ready." : "Nichebook is ready: ");
  return { url, says, signal: (name) => void child.kill(name), ended };
}
