import "server-only";
import { buildConnector, Client } from "undici";
import { openSealed, type Sealed } from "@/lib/platform/crypto";
import { log } from "@/lib/platform/log";
import { type Exchange, judgeExchange } from "./judge-exchange";
import { requestPath } from "./request-path";
import type { CallResult, Endpoint } from "./types";

/** A page has about 15 kB; what is larger than this is not read to its end. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
/** A shorter key could be a word of the answer itself. */
const SHORTEST_KEY_TO_HIDE = 12;
const SENDABLE = /^[\x20-\x7e\x80-\xff]+$/;

/** Shared for its TLS session cache only. HTTP/2 is off: there undici sends a refused stream again by itself. */
const openSocket = buildConnector({ allowH2: false, timeout: CONNECT_TIMEOUT_MS });

export type UpstreamCall = {
  /** With or without a path of its own, which then comes before the endpoint's. */
  baseUrl: string;
  sealed: Sealed;
  /** Where the key was sealed. */
  place: { teamId: string; rowId: string };
  /** Limit of the whole call: connecting, sending, and the last byte of the body. */
  timeoutMs: number;
  /** The simulated now, sent to the sandbox only; null for every other upstream. */
  sandboxNow: Date | null;
  /** Ends the call early. What was sent by then stays sent: the outcome is then unsettled. */
  signal?: AbortSignal;
};

/**
 * Asks the upstream once: at most one request goes on the wire, nothing is repeated, no redirect is followed. Never
 * throws: whatever happens is a result, with what it cost as far as one can know (see `judgeExchange`).
 */
export async function callUpstream<Params, Answer>(
  endpoint: Endpoint<Params, Answer>,
  params: Params,
  call: UpstreamCall,
): Promise<CallResult<Answer>> {
  const key = openKey(call);
  const exchange: Exchange =
    key === null ? { sent: false, cause: "key_unusable" } : await prepareAndExchange(endpoint, params, call, key);
  const hidden = exchange.sent && key !== null ? { ...exchange, body: withoutKey(exchange.body, key) } : exchange;
  const result = judgeExchange(endpoint, hidden, new Date());
  // Once more on the text: JSON may have spelled the key with escapes, and a short one still stands there.
  return key === null ? result : { ...result, message: result.message?.replaceAll(key, "***") ?? null };
}

function openKey({ sealed, place }: UpstreamCall): string | null {
  try {
    const key = openSealed(sealed, place);
    return SENDABLE.test(key) ? key : null;
  } catch {
    return null;
  }
}

async function prepareAndExchange<Params>(
  endpoint: Endpoint<Params, unknown>,
  params: Params,
  call: UpstreamCall,
  key: string,
): Promise<Exchange> {
  if (call.signal?.aborted) return { sent: false, cause: "aborted" };
  try {
    const base = new URL(call.baseUrl);
    const path = `${base.pathname.replace(/\/+$/, "")}${requestPath(endpoint, params)}`;
    const headers = {
      accept: "application/json",
      "accept-encoding": "identity",
      "user-agent": "nichebook",
      authorization: `Bearer ${key}`,
      ...(call.sandboxNow ? { "x-sandbox-now": call.sandboxNow.toISOString() } : {}),
    };
    return await exchange(base.origin, path, headers, call);
  } catch (error) {
    // Only a mistake of ours comes here (a wrong address, a query that cannot be made), before anything was sent.
    log().error({ err: error, endpoint: endpoint.name }, "Request to the upstream could not be made");
    return { sent: false, cause: "not_sent" };
  }
}

/**
 * One request on a connection of its own. undici keeps a request in its queue, to send it on the next connection,
 * when one closes under it in some ways; so no connection is reused, and a second one is refused.
 * `dispatch` and not `request`: only its handler sees every byte before a cut, and the moment of sending.
 */
async function exchange(
  origin: string,
  path: string,
  headers: Record<string, string>,
  { timeoutMs, signal }: Pick<UpstreamCall, "timeoutMs" | "signal">,
): Promise<Exchange> {
  let connections = 0;
  const client = new Client(origin, {
    allowH2: false,
    pipelining: 1,
    // One timer of ours covers the whole call.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) => {
      connections += 1;
      if (connections > 1) callback(new Error("One connection a call"), null);
      else openSocket(options, callback);
    },
  });

  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise<Exchange>((resolve) => {
      const chunks: Uint8Array[] = [];
      let size = 0;
      let sent = false;
      let status: number | null = null;
      let retryAfter: string | null = null;

      const finish = (end: Extract<Exchange, { sent: true }>["end"]) => {
        if (sent) resolve({ sent, end, status, retryAfter, body: Buffer.concat(chunks) });
        else if (end === "aborted") resolve({ sent, cause: "aborted" });
        else resolve({ sent, cause: end === "timeout" ? "connect_timeout" : "refused" });
      };
      timer = setTimeout(() => finish("timeout"), timeoutMs);
      onAbort = () => finish("aborted");
      signal?.addEventListener("abort", onAbort, { once: true });

      client.dispatch(
        { path, method: "GET", headers, reset: true },
        {
          onRequestStart() {
            sent = true;
          },
          onResponseStart(_controller, statusCode, responseHeaders) {
            if (statusCode < 200) return;
            status = statusCode;
            const value = responseHeaders["retry-after"];
            retryAfter = (Array.isArray(value) ? value[0] : value) ?? null;
          },
          onResponseData(_controller, chunk) {
            const part = chunk.subarray(0, MAX_BODY_BYTES - size);
            chunks.push(part);
            size += part.length;
            if (part.length < chunk.length) finish("too_large");
          },
          onResponseEnd() {
            finish("complete");
          },
          onResponseError() {
            finish("cut");
          },
        },
      );
    });
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener("abort", onAbort);
    // Also what is still connecting: a destroyed client writes nothing on a socket that opens later.
    client.destroy(null, () => {});
  }
}

/** The same bytes with the key's own, wherever they stand, as asterisks. */
function withoutKey(body: Uint8Array, key: string): Uint8Array {
  if (key.length < SHORTEST_KEY_TO_HIDE) return body;
  const needle = Buffer.from(key, "utf8");
  const clean = Buffer.from(body);
  for (let at = clean.indexOf(needle); at !== -1; at = clean.indexOf(needle, at + needle.length)) {
    clean.fill("*", at, at + needle.length);
  }
  return clean;
}
