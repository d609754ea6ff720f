import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type Script = {
  child: ChildProcess;
  /** The next line that it prints. @throws when it ended instead */
  line(): Promise<string>;
  /** SIGKILL, for tests of what a crash leaves behind; resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends its standard input, and waits for it. */
  stop(): Promise<void>;
};

/** Starts a script of this folder as a process of its own. */
export async function startScript(name: string, ...args: string[]): Promise<Script> {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", path, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, LOG_LEVEL: "silent" },
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async line() {
      const next = await lines.next();
      if (next.done) throw new Error(`${name} ended without a further line`);
      return next.value;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
