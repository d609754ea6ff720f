import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { freePort } from "./postgres-process";
import { ROOT } from "./root";
import { StartError } from "./start-error";

const RESTART_MS = 500;

export type SandboxChild = { url: string; stop(): Promise<void> };

/** @returns the address of a sandbox that answers on a port of this machine. */
export async function findSandbox(port: number | undefined): Promise<string | null> {
  if (!port) return null;
  const url = `http://127.0.0.1:${port}`;
  try {
    const answer = await fetch(`${url}/__sandbox/health`, { signal: AbortSignal.timeout(1_000) });
    return ((await answer.json()) as { ok?: boolean }).ok === true ? url : null;
  } catch {
    return null;
  }
}

/**
 * The sandbox as a child that is started again, on the same port, when it ends by itself. It ends with us, however
 * we end: by the channel between us.
 */
export async function startSandboxChild(options: {
  port: number | undefined;
  /** Keeps its counts over a restart. */
  logFile: string | null;
  say: (line: string) => void;
}): Promise<SandboxChild> {
  const port = options.port || (await freePort());
  let stopping = false;
  let child = run();
  await ready(child);
  watch();

  function run(): ChildProcess {
    const args = ["--port", String(port), ...(options.logFile ? ["--log", options.logFile] : [])];
    // A group of its own, so that Ctrl-C in a terminal reaches us alone and the sandbox still answers while we drain.
    return spawn(process.execPath, [join(ROOT, ".build/sandbox.mjs"), ...args], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      detached: true,
    });
  }

  function watch() {
    child.once("exit", () => {
      if (stopping) return;
      options.say("The sandbox ended by itself: starting it again.");
      setTimeout(() => {
        if (stopping) return;
        child = run();
        watch();
        ready(child).catch((error: Error) => options.say(error.message));
      }, RESTART_MS).unref();
    });
  }

  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = () =>
      reject(new StartError("The sandbox does not start: choose another SANDBOX_PORT, or set SANDBOX=off."));
    child.once("message", () => resolve());
    child.once("error", refuse);
    child.once("exit", refuse);
  });
}
