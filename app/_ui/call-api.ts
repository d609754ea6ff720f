import type { CreditOutcome, Problem } from "./problem";

export type CallResult<Data> = { ok: true; data: Data } | { ok: false; problem: Problem };

type Call = { method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"; body?: unknown; idempotencyKey?: string };

/** Calls one of our own routes. Never throws: no connection and unreadable answers are problems like the others. */
export async function callApi<Data>(path: string, { method, body, idempotencyKey }: Call): Promise<CallResult<Data>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey ? { "idempotency-key": idempotencyKey } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    return { ok: false, problem: { code: "offline" } };
  }
  const answer = await response.json().catch(() => null);
  if (response.ok) return { ok: true, data: answer as Data };
  return { ok: false, problem: readProblem(answer, response.headers.get("retry-after")) };
}

function readProblem(answer: unknown, retryAfter: string | null): Problem {
  const given = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : {};
  const text = (key: string) => (typeof given[key] === "string" ? given[key] : undefined);
  const number = (key: string) => (typeof given[key] === "number" ? given[key] : undefined);
  const seconds =
    number("retryAfterSeconds") ?? (retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined);
  return {
    code: text("code") ?? "internal",
    detail: text("detail"),
    reason: text("reason"),
    outcome: text("outcome") as CreditOutcome | undefined,
    requestId: text("requestId"),
    limit: number("limit"),
    spent: number("spent"),
    held: number("held"),
    resetsAt: text("resetsAt"),
    priceCredits: number("priceCredits"),
    left: number("left") ?? null,
    retryAfterSeconds: seconds,
    errors: Array.isArray(given.errors) ? (given.errors as Problem["errors"]) : undefined,
  };
}
