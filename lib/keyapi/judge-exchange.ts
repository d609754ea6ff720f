import "server-only";
import type { CallReason, CallResult, Endpoint, UpstreamProblem } from "./types";
import { type Envelope, readEnvelope, readJson } from "./wire";

/** What the wire did, before anybody says what it means. */
export type Exchange =
  | { sent: false; cause: "refused" | "connect_timeout" | "key_unusable" | "not_sent" | "aborted" }
  | {
      sent: true;
      /** `complete` is a whole HTTP answer; everything else broke off. */
      end: "complete" | "cut" | "too_large" | "timeout" | "aborted";
      /** Null when no status line arrived. */
      status: number | null;
      retryAfter: string | null;
      /** The bytes that arrived, none included. */
      body: Uint8Array;
    };

type Failure = { problem: UpstreamProblem; reason: CallReason };

/** What these numbers say, as an HTTP status or as the code of an answer. */
const SPOKEN: ReadonlyMap<number, Failure> = new Map([
  [401, { problem: "key_rejected", reason: "unauthorized" }],
  [402, { problem: "upstream_out_of_credits", reason: "out_of_credits" }],
  [403, { problem: "key_rejected", reason: "forbidden" }],
  [429, { problem: "upstream_rate_limited", reason: "rate_limited" }],
]);

/** Seen in public clients when the origin behind the vendor has nothing to answer with. */
const NO_DATA_CODE = 50004;
const NO_DATA: Failure = { problem: "upstream_no_data", reason: "no_data" };
const saysNoData = (said: Envelope | null) =>
  said !== null && (said.code === NO_DATA_CODE || /\bno available\b/i.test(said.message ?? ""));

/** Codes of a nested envelope that are no failure. */
const NESTED_SUCCESS = [0, 200];

/**
 * Says what an exchange cost and why, by the outcome table:
 *
 * - nothing sent → not charged (proven)
 * - any status but 2xx, also when its body broke off → not charged (assumed)
 * - 2xx, code not 0, or a failure code nested in `data` → not charged (assumed)
 * - 2xx, code 0, readable → charged (documented); code 0, nothing readable → charged (assumed)
 * - 2xx that is no answer, or anything that broke off → unsettled
 *
 * A nested code is the origin's, not the vendor's: its 401 or 402 says nothing about the team's key or credits.
 */
export function judgeExchange<Answer>(
  endpoint: Pick<Endpoint<never, Answer>, "parse">,
  exchange: Exchange,
  now: Date,
): CallResult<Answer> {
  if (!exchange.sent) return notSent(exchange.cause);

  const { status, body, end } = exchange;
  const json = body.length > 0 ? readJson(body) : undefined;
  const said = readEnvelope(json);
  const facts = {
    message: said?.message ?? null,
    httpStatus: status,
    upstreamRequestId: said?.requestId ?? null,
    raw: body.length > 0 ? body : null,
    retryAfterSeconds: readRetryAfter(exchange.retryAfter, now),
    repeatable: null,
    answer: null,
  };
  const notCharged = (failure: Failure): CallResult<Answer> => ({
    ...facts,
    outcome: "not_charged",
    basis: "assumed",
    ...failure,
    repeatable: failure.problem === "upstream_rate_limited" ? "rate_limited" : null,
  });
  const unsettled = (problem: UpstreamProblem, reason: CallReason): CallResult<Answer> => ({
    ...facts,
    outcome: "unsettled",
    basis: "assumed",
    problem,
    reason,
  });
  const chargedForNothing = (reason: CallReason): CallResult<Answer> => ({
    ...facts,
    outcome: "charged",
    basis: "assumed",
    problem: "upstream_invalid_answer",
    reason,
  });

  if (status !== null && (status < 200 || status > 299)) return notCharged(refusalOf(status, said));
  if (end !== "complete" || status === null) {
    return end === "timeout"
      ? unsettled("upstream_timeout", "timeout")
      : unsettled("upstream_invalid_answer", end === "complete" ? "cut" : end);
  }
  if (json === undefined) return unsettled("upstream_invalid_answer", "not_json");
  if (said === null || said.code === null) return unsettled("upstream_invalid_answer", "no_code");
  if (said.code !== 0) {
    return notCharged(
      SPOKEN.get(said.code) ?? (saysNoData(said) ? NO_DATA : { problem: "upstream_failed", reason: "code_not_0" }),
    );
  }
  if (said.data === null) return chargedForNothing("data_null");

  const nested = readEnvelope(said.data);
  if (nested !== null && nested.code !== null && !Number.isNaN(nested.code) && !NESTED_SUCCESS.includes(nested.code)) {
    const failure: Failure = saysNoData(nested) ? NO_DATA : { problem: "upstream_failed", reason: "nested_code" };
    return { ...notCharged(failure), message: nested.message ?? facts.message };
  }
  const answer = parseSafely(endpoint, said.data);
  if (answer === null) return chargedForNothing("unreadable_list");
  return { ...facts, message: null, outcome: "charged", basis: "documented", problem: null, reason: null, answer };
}

function notSent<Answer>(cause: Extract<Exchange, { sent: false }>["cause"]): CallResult<Answer> {
  return {
    outcome: "not_charged",
    basis: "proven",
    problem: cause === "key_unusable" ? "key_rejected" : "upstream_failed",
    reason: cause,
    message: null,
    httpStatus: null,
    upstreamRequestId: null,
    raw: null,
    retryAfterSeconds: null,
    repeatable: cause === "refused" || cause === "connect_timeout" ? "refused" : null,
    answer: null,
  };
}

function refusalOf(status: number, said: Envelope | null): Failure {
  if (status >= 300 && status <= 399) return { problem: "upstream_failed", reason: "redirect" };
  const spoken = SPOKEN.get(status) ?? SPOKEN.get(said?.code ?? 0);
  if (spoken) return spoken;
  return saysNoData(said) ? NO_DATA : { problem: "upstream_failed", reason: "http_status" };
}

function parseSafely<Answer>(endpoint: Pick<Endpoint<never, Answer>, "parse">, data: unknown): Answer | null {
  try {
    return endpoint.parse(data);
  } catch {
    return null;
  }
}

/** `Retry-After` in whole seconds from `now`: a number of seconds or an HTTP date (RFC 9110); a past date is 0. */
export function readRetryAfter(header: string | null, now: Date): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  // Only texts that begin with a day's name: Date.parse would also read "-5" or "2".
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
