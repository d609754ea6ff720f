import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAccounts, readKey } from "./accounts";
import { type Answer, failure } from "./answer";
import { nowFromHeader } from "./calendar";
import { CONTROL_PREFIX, type Controlled, control } from "./control";
import { answerPage, createFaultRules, type Fault } from "./faults";
import { createGenerator, type Generator } from "./generator";
import { INSIGHTS_PATH, readPage, readQuestion } from "./insights";

export const DEFAULT_SEED = "nichebook";

export interface SandboxOptions {
  /** 0 or none: a free one. */
  port?: number;
  host?: string;
  seed?: string;
  /** Keeps every request, and the counts over a restart. */
  logFile?: string;
  /** The clock of the rates, in ms; for tests. */
  monotonicMs?: () => number;
}

export interface Sandbox {
  url: string;
  port: number;
  /** Ends at once: answers that are still waiting are cut. */
  close(): Promise<void>;
}

/** Longer than a client keeps a connection, so that no request meets one that is just being closed. */
const KEEP_ALIVE_MS = 65_000;

/** Starts an upstream. @throws when the port is taken or the log file cannot be used. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1", seed = DEFAULT_SEED } = options;
  const accounts = createAccounts(options.logFile, options.monotonicMs);
  const controlled: Controlled = { seed, accounts, rules: createFaultRules() };
  const generator = createGenerator(seed);

  const server = createServer((request, response) => {
    answer(request, response, controlled, generator).catch((error: unknown) => {
      console.error(JSON.stringify({ sandboxError: String(error) }));
      request.socket.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    accounts.close();
    throw error;
  }
  const address = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  let closed: Promise<void> | undefined;
  return {
    url: `http://${name}:${address.port}`,
    port: address.port,
    close() {
      closed ??= new Promise<void>((resolve) => {
        server.close(() => {
          accounts.close();
          resolve();
        });
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  controlled: Controlled,
  generator: Generator,
): Promise<void> {
  const url = urlOf(request);
  if (url?.pathname.startsWith(CONTROL_PREFIX)) {
    const { status, content } = await control(request, url.pathname, controlled);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
    return;
  }
  const key = keyOf(request);
  const { made, fault } = decide(request, url, key, controlled, generator);
  // Counted before the first byte leaves: an answer that a client has seen can never be missing here.
  controlled.accounts.record({
    key,
    path: request.url ?? "/",
    status: made.delivery === "none" ? null : made.status,
    fault: fault?.name ?? null,
    charged: made.charged,
  });
  if (made.waitMs === 0) return send(request, response, made);
  const timer = setTimeout(() => send(request, response, made), made.waitMs);
  response.on("close", () => clearTimeout(timer));
}

/** What the source answers: who asks, whether their rate and credits allow it, what is asked, what goes wrong. */
function decide(
  request: IncomingMessage,
  url: URL | null,
  key: string | null,
  { accounts, rules }: Controlled,
  generator: Generator,
): { made: Answer; fault?: Fault | null } {
  if (url?.pathname !== INSIGHTS_PATH) return { made: failure(404, "Not found") };
  if (request.method !== "GET") return { made: failure(405, "Method not allowed") };
  if (key === null) return { made: failure(401, "apiKey is null") };
  const terms = readKey(key);
  if (!terms) return { made: failure(401, "apiKey is invalid") };
  const admission = accounts.admit(key);
  if (admission === "too fast") return { made: failure(429, "qps limit exceeded") };
  if (admission === "out of credits") return { made: failure(402, "apiKey quota is not enough") };
  const nowMs = nowFromHeader(request.headers["x-sandbox-now"], Date.now());
  const question = readQuestion(url.searchParams, nowMs);
  if (typeof question === "string") return { made: failure(400, question) };
  const fault = rules.take(key) ?? terms.fault;
  return { made: answerPage(readPage(generator, question, nowMs), fault), fault };
}

function urlOf(request: IncomingMessage): URL | null {
  const text = request.url ?? "/";
  return URL.canParse(text, "http://sandbox") ? new URL(text, "http://sandbox") : null;
}

function keyOf(request: IncomingMessage): string | null {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization?.trim() ?? "")?.[1] ?? null;
}

function send(request: IncomingMessage, response: ServerResponse, made: Answer): void {
  if (made.delivery === "none") {
    request.socket.destroy();
    return;
  }
  const body = Buffer.from(made.body);
  response.writeHead(made.status, { ...made.headers, "content-length": body.length });
  if (made.delivery === "whole") response.end(body);
  else response.write(body.subarray(0, Math.floor(body.length / 2)), () => request.socket.destroySoon());
}
