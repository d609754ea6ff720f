import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { runtime } from "@/lib/platform/runtime";

/** For how long `npm run test:long` keeps killing workers; without it, each that was started is killed once. */
export const KILL_MS = process.env.LONG ? 600_000 : 0;

/** A worker in a process of its own, on the database of this test, until it is killed (SIGKILL). */
export function startWorkerProcess(env: Record<string, string> = {}) {
  const script = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", script], {
    stdio: ["pipe", "ignore", "inherit"],
    env: { ...process.env, ...env },
  });
  const exited = once(child, "exit");
  child.stdin.write(`${JSON.stringify(runtime())}\n`);
  return {
    exited,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Workers in processes of their own, of which any may be killed at any moment. */
export function mortalWorkers(env: Record<string, string> = {}) {
  const alive = new Set<ReturnType<typeof startWorkerProcess>>();
  const kill = async () => {
    const victim = [...alive][Math.floor(Math.random() * alive.size)];
    if (victim) alive.delete(victim);
    await victim?.kill();
  };
  return {
    start(many: number) {
      for (let one = 0; one < many; one += 1) alive.add(startWorkerProcess(env));
    },
    kill,
    async killAll() {
      while (alive.size > 0) await kill();
    },
    isNobodyAlive: () => alive.size === 0,
  };
}

/** One worker until `until` has come. */
export async function withWorkerProcess(until: () => Promise<unknown>): Promise<void> {
  // No answer may be given up on before the test kills its worker.
  const worker = startWorkerProcess({ KEYAPI_TIMEOUT_MS: "60000" });
  try {
    await Promise.race([until(), worker.exited.then(() => Promise.reject(new Error("The worker's process ended")))]);
  } finally {
    await worker.kill();
  }
}
