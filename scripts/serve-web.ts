import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import next from "next";
import { ADDRESS_HEADER, DIRECT_HEADER } from "@/lib/auth/caller-address";
import { countAnswer } from "@/lib/http/request-class";
import { isHttps } from "@/lib/platform/env";
import { listenProblem } from "./port.mjs";
import { ROOT } from "./root";
import { StartError } from "./start-error";

const REQUEST_TIMEOUT_MS = 60_000;
const HEADERS_TIMEOUT_MS = 20_000;
/** Longer than load balancers keep a connection, so that they never meet one that we are just closing. */
const KEEP_ALIVE_MS = 65_000;
const DRAIN_MS = 10_000;
const FORWARDING = /^(forwarded|via|x-forwarded-.*|x-real-ip|.*-connecting-ip)$/;

export type WebServer = {
  /**
   * Takes no new request, and waits for those under way: 10 s for reading, up to `writesMs` for the others, which
   * may be waiting for an answer that is paid for. Resolves at once when `hurry` is aborted.
   */
  drain(writesMs: number, hurry: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

/** The pages and the HTTP API, listening. @throws StartError when the port cannot be had */
export async function serveWeb(options: { dev: boolean; host: string | undefined; port: number }): Promise<WebServer> {
  const { dev, host, port } = options;
  // With the first request Next finds our server by itself and listens there for its websocket of `--dev`.
  const app = next({ dev, dir: ROOT, hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const open = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    open.add(response);
    response.once("close", () => {
      open.delete(response);
      countAnswer(request.method ?? "", request.url ?? "", response.statusCode);
    });
    // On every answer, built files and the API too; pages set more of their own.
    response.setHeader("x-content-type-options", "nosniff");
    if (isHttps()) response.setHeader("strict-transport-security", "max-age=31536000");
    // Over whatever the caller sent: throttles and the audit believe this header.
    request.headers[ADDRESS_HEADER] = request.socket.remoteAddress ?? "";
    request.headers[DIRECT_HEADER] = Object.keys(request.headers).some((name) => FORWARDING.test(name)) ? "no" : "yes";
    if (!isDecodable(request.url ?? "")) return void response.writeHead(400).end("The address cannot be read.");
    handle(request, response).catch(() => response.destroy());
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, port, host);

  return {
    async drain(writesMs, hurry) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      for (const response of open) if (!response.headersSent) response.setHeader("connection", "close");
      const reading = [...open].every(({ req }) => isReading(req));
      await Promise.race([closed, timeout(reading ? DRAIN_MS : Math.max(DRAIN_MS, writesMs)), aborted(hurry)]);
      server.closeAllConnections();
    },
    close: () => app.close(),
  };
}

/** An address with broken percent signs is the caller's mistake; Next would call it its own. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?")[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

const isReading = (request: IncomingMessage) => request.method === "GET" || request.method === "HEAD";

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new StartError(listenProblem(error, port, host))));
    server.listen({ port, host }, () => resolve());
  });
}

const timeout = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
