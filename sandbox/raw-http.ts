import { request } from "node:http";

/** What came over the wire, for tests: nothing is parsed, a cut connection is told from a whole answer. */
export interface RawAnswer {
  /** Null where no head arrived. */
  status: number | null;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** False where the connection ended before the body was whole. */
  whole: boolean;
}

export interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** One request on a connection of its own; never rejects. */
export function call(url: string, { method = "GET", headers = {}, body }: RawRequest = {}): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const sent = request(url, { method, headers, agent: false });
    sent.on("error", () => resolve({ status: null, headers: {}, body: "", whole: false }));
    sent.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", () => {});
      response.on("close", () =>
        resolve({
          status: response.statusCode ?? null,
          headers: response.headers,
          body: Buffer.concat(parts).toString("utf8"),
          whole: response.complete,
        }),
      );
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** A question to the endpoint with a key; `query` may hold any parameter. */
export function ask(
  base: string,
  key: string,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  const url = `${base}/v1/tiktok/insights/products?${new URLSearchParams(query)}`;
  return call(url, { headers: { authorization: `Bearer ${key}`, ...headers } });
}
