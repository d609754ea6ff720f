import "server-only";

/** The closed set of error codes that leave this application, with their HTTP status. The HTTP API documents each. */
export const ERROR_STATUS = {
  invalid_request: 400,
  unauthenticated: 401,
  team_limit_reached: 402,
  member_limit_reached: 402,
  token_limit_reached: 402,
  upstream_out_of_credits: 402,
  forbidden: 403,
  cross_origin: 403,
  not_found: 404,
  not_stored: 404,
  key_missing: 409,
  key_rejected: 409,
  conflict: 409,
  too_many_requests: 429,
  internal: 500,
  upstream_failed: 502,
  upstream_no_data: 502,
  upstream_invalid_answer: 502,
  unavailable: 503,
  upstream_rate_limited: 503,
  upstream_timeout: 504,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Facts that a caller may see beside the code; every value is safe to print. */
export type ErrorDetails = {
  /** Mends for single fields; `message` is a message key or a plain sentence in the caller's language. */
  errors?: { path: string; message: string }[];
  outcome?: "charged" | "not_charged" | "unsettled";
  requestId?: string;
  /** The request was somebody else's, which this ask joined: what it cost is theirs. */
  source?: "shared";
  limit?: number;
  spent?: number;
  held?: number;
  resetsAt?: string;
  /** Credits that the limits leave; null without a limit. */
  left?: number | null;
  priceCredits?: number;
  retryAfterSeconds?: number;
  /** A closed word saying more about the cause, e.g. `missing` or `wrong_endpoint`; it picks the sentence on screen. */
  reason?: string;
};

/** A failure that the caller may know about. Thrown where the fact is known, turned into a response at the edge. */
export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
  ) {
    super(code);
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

export const notFound = () => new AppError("not_found");

/** Somebody else changed it since the version that this change was made on. */
export const editedMeanwhile = () => new AppError("conflict", { reason: "edited_meanwhile" });

export function invalid(path: string, message: string): AppError {
  return new AppError("invalid_request", { errors: [{ path, message }] });
}

/** For the default branch of an exhausted union: a compile error until the new case has a home. */
export function unreachable(value: never, home: string): never {
  throw new Error(`Unhandled case ${JSON.stringify(value)}: add it to ${home}`);
}
