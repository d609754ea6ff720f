/** What a call came to: the API's answer, or its problem document. */
export type ApiAnswer = { ok: boolean; status: number; body: Record<string, unknown> };
export type AskApi = (method: "GET" | "POST", path: string, input?: ApiInput) => Promise<ApiAnswer>;
export type ApiInput = {
  query?: Record<string, string | number | null | undefined>;
  body?: object;
  idempotencyKey?: string;
};

/** Longer than the server itself waits for the provider. */
const TIMEOUT_MS = 120_000;

/** Calls the HTTP API of a Nichebook with a token. @throws with a sentence for a person when nobody answers */
export const askApi =
  (url: string, token: string): AskApi =>
  async (method, path, { query = {}, body, idempotencyKey } = {}) => {
    const address = new URL(`${url.replace(/\/+$/, "")}/api/v1${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== null && value !== undefined) address.searchParams.set(name, String(value));
    }
    const response = await fetch(address, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(body ? { "content-type": "application/json" } : {}),
        ...(idempotencyKey ? { "idempotency-key": idempotencyKey } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((error: Error) => {
      throw new Error(`Nichebook does not answer at ${url} (${error.message}): start it, or set NICHEBOOK_URL.`);
    });
    const read = await response.json().catch(() => null);
    const known = typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {};
    return { ok: response.ok, status: response.status, body: known };
  };
