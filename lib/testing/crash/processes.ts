import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Runtime } from "@/lib/platform/runtime";
import { ROOT } from "@/scripts/root";
import type { Order, Told, Word } from "./buyer";
import type { UpstreamOrder } from "./upstream";

/** Long: what is held at a point must not run out of time meanwhile. */
export const BUYER_TIMEOUT_MS = 60_000;

export type Done = { told: Told; trail: string[] };

export type Buyer = {
  /** The ask's end; null when the process died under it. */
  ask(order: Extract<Order, { kind: "ask" | "sweep" }>, onHeld?: (at: string) => void): Promise<Done | null>;
  go(cell: string): void;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

/** A buyer's process from a bundle. */
export async function startCrashBuyer(
  file: string,
  runtime: Runtime,
  env: Record<string, string> = {},
): Promise<Buyer> {
  const child = spawn(process.execPath, [file, JSON.stringify(runtime)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: {
      ...process.env,
      LOG_LEVEL: "silent",
      KEYAPI_TIMEOUT_MS: String(BUYER_TIMEOUT_MS),
      KEYAPI_REQUESTS_PER_SECOND: "1000",
      NODE_COMPILE_CACHE: join(ROOT, ".build/compile-cache"),
      ...env,
    },
  });
  const asks = new Map<string, { done: (done: Done | null) => void; onHeld: (at: string) => void }>();
  const exited = ended(child);
  const ready = new Promise<void>((resolve, reject) => {
    void exited.then(() => {
      reject(new Error("A buyer's process ended before it was ready"));
      for (const { done } of asks.values()) done(null);
    });
    child.on("message", (word: Word) => {
      if (word.kind === "ready") return resolve();
      const ask = asks.get(word.cell);
      if (word.kind === "held") return ask?.onHeld(word.at);
      asks.delete(word.cell);
      ask?.done({ told: word.told, trail: word.trail });
    });
  });
  await ready;
  const send = (order: Order) => {
    if (child.connected) child.send(order);
  };
  return {
    ask: (order, onHeld = () => {}) =>
      new Promise((done) => {
        asks.set(order.cell, { done, onHeld });
        send(order);
      }),
    go: (cell) => send({ kind: "go", cell }),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

export type UpstreamProcess = {
  url: string;
  /** Takes connections and drops them. */
  droppingUrl: string;
  /** Lets the gated answers of a cell go. */
  open(cell: string): void;
  stop(): Promise<void>;
};

/** The upstream's process, which writes its log to a file. */
export async function startCrashUpstream(logFile: string): Promise<UpstreamProcess> {
  const script = join(ROOT, "lib/testing/crash/upstream.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, logFile], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = ended(child);
  const { url, droppingUrl } = await new Promise<{ url: string; droppingUrl: string }>((resolve, reject) => {
    child.once("message", (word) => resolve(word as { url: string; droppingUrl: string }));
    void exited.then(() => reject(new Error("The upstream's process did not start")));
  });
  return {
    url,
    droppingUrl,
    open: (cell) => child.send({ kind: "open", cell } satisfies UpstreamOrder),
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}

const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once("exit", () => resolve()));
