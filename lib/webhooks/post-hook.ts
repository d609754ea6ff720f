import "server-only";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector, Client } from "undici";
import { findAddresses, type Resolve } from "./find-addresses";
import type { HookExchange } from "./judge-answer";

/** Of the whole request: finding the host, connecting, and the last byte that is read. */
const TIMEOUT_MS = 10_000;
/** Of the answer; what is longer is not read to its end. */
const MOST_BYTES = 16 * 1024;

export type HookRequest = { url: string; headers: Record<string, string>; body: string };

/**
 * Posts once. The host's addresses are looked up and judged anew, and the connection goes to them and no others, so that
 * a name cannot mean one address when it is looked at and another when it is used. No redirect is followed, nothing is
 * repeated. Never throws.
 */
export async function postHook(
  { url, headers, body }: HookRequest,
  options: { timeoutMs?: number; resolve?: Resolve } = {},
): Promise<HookExchange> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const timedOut = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  timedOut.catch(() => {});
  try {
    const target = new URL(url);
    const found = await Promise.race([findAddresses(target, options.resolve), timedOut]);
    if ("problem" in found) {
      const problem = found.problem === "host_unknown" ? "host_unknown" : "address_refused";
      return { status: null, problem, cause: null };
    }
    return await exchange(target, found.addresses, { headers, body, signal });
  } catch (error) {
    if (signal.aborted) return { status: null, problem: "timeout", cause: null };
    return { status: null, problem: "not_reached", cause: causeOf(error) };
  }
}

async function exchange(
  target: URL,
  addresses: readonly string[],
  { headers, body, signal }: { headers: Record<string, string>; body: string; signal: AbortSignal },
): Promise<HookExchange> {
  const openSocket = buildConnector({ allowH2: false, timeout: TIMEOUT_MS, lookup: onlyOf(addresses) });
  let connections = 0;
  const client = new Client(target.origin, {
    allowH2: false,
    pipelining: 1,
    // undici would send a request that waits in its queue on the next connection.
    connect: (options, callback) => {
      connections += 1;
      if (connections > 1) callback(new Error("One connection a request"), null);
      else openSocket(options, callback);
    },
  });
  try {
    const answer = await client.request({
      path: target.pathname + target.search,
      method: "POST",
      headers: { ...headers, "user-agent": "nichebook", accept: "application/json" },
      body,
      signal,
      reset: true,
    });
    const retryAfter = answer.headers["retry-after"];
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MOST_BYTES) break;
    }
    return {
      status: answer.statusCode,
      body: Buffer.concat(chunks).subarray(0, MOST_BYTES).toString("utf8"),
      retryAfter: (Array.isArray(retryAfter) ? retryAfter[0] : retryAfter) ?? null,
    };
  } finally {
    await client.destroy();
  }
}

/** A look-up that knows nothing but these addresses. */
function onlyOf(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const [first] = found;
    if (options.all) callback(null, found);
    else if (first) callback(null, first.address, first.family);
  };
}

function causeOf(error: unknown): string | null {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const word = cause?.code ?? code;
  return typeof word === "string" ? word.slice(0, 60) : null;
}
