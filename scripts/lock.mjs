import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A lock is a local socket that its holder listens on. The system closes it with the process, so it survives nothing,
// not even kill -9; and whoever finds it held can ask its holder who it is.

const SETTLE_MS = 5_000;

/**
 * Held by the application that serves the data of a folder.
 * @param {string} dataDir absolute, as the setting DATA_DIR says it
 */
export const applicationLock = (dataDir) => `application in ${dataDir}`;

/** @param {string} name */
function addressOf(name) {
  const short = `nichebook-${createHash("sha256").update(name).digest("hex").slice(0, 20)}`;
  // Linux has names without a file, here of full length, since Node.js 20 pads shorter ones and 24 does not. Elsewhere
  // the file of a dead holder stays and must be told from a live one.
  return process.platform === "linux" ? `\0${short.padEnd(107, "-")}` : join(tmpdir(), `${short}.sock`);
}

/**
 * Takes the lock of a name if nobody on this machine holds it.
 * @param {string} name
 * @param {() => object} [describe] what to tell those who ask, as JSON
 * @returns {Promise<{ release: () => Promise<void> } | null>} null when it is held by another
 */
export async function tryLock(name, describe = () => ({})) {
  const address = addressOf(name);
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.end(JSON.stringify(describe()));
  });
  for (let attempt = 0; attempt < 2; attempt++) {
    const error = await listen(server, address);
    if (!error) {
      server.unref();
      return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    }
    if (error.code !== "EADDRINUSE") throw error;
    if (process.platform === "linux" || (await askHolder(name))) return null;
    rmSync(address, { force: true });
  }
  return null;
}

/**
 * @param {string} name
 * @returns {Promise<Record<string, unknown> | null>} what the holder of a lock tells; null when nobody holds it
 */
export function askHolder(name) {
  return new Promise((resolve) => {
    let text = "";
    const socket = net.connect(addressOf(name));
    socket.setTimeout(2_000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", (error) => {
      const nobody = "code" in error && (error.code === "ECONNREFUSED" || error.code === "ENOENT");
      resolve(nobody ? null : {});
    });
    socket.on("end", () => {
      try {
        resolve(JSON.parse(text));
      } catch {
        resolve({});
      }
    });
  });
}

/**
 * What the holder of a lock tells, once that is clear: one that was killed this moment has not let go yet.
 * @param {string} name
 * @returns {Promise<Record<string, unknown> | null>}
 */
export async function knowHolder(name) {
  for (const deadline = Date.now() + SETTLE_MS; ; ) {
    const holder = await askHolder(name);
    if (!holder || Object.keys(holder).length > 0 || Date.now() > deadline) return holder;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Waits for a lock.
 * @param {string} name
 * @param {{ timeoutMs: number, onWait?: () => void }} options
 * @returns {Promise<{ release: () => Promise<void> } | null>} null when the time ran out
 */
export async function waitForLock(name, { timeoutMs, onWait }) {
  const deadline = Date.now() + timeoutMs;
  for (let waited = false; ; waited = true) {
    const lock = await tryLock(name);
    if (lock || Date.now() > deadline) return lock;
    if (!waited) onWait?.();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * @param {net.Server} server
 * @param {string} address
 * @returns {Promise<NodeJS.ErrnoException | null>}
 */
function listen(server, address) {
  return new Promise((resolve) => {
    server.once("error", resolve);
    server.listen(address, () => {
      server.off("error", resolve);
      resolve(null);
    });
  });
}
