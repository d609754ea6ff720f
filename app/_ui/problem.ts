export type CreditOutcome = "charged" | "not_charged" | "unsettled";

/** What a route of ours said instead of an answer; `offline` and `internal` also stand for no readable answer. */
export type Problem = {
  code: string;
  detail?: string | undefined;
  reason?: string | undefined;
  outcome?: CreditOutcome | undefined;
  requestId?: string | undefined;
  limit?: number | undefined;
  spent?: number | undefined;
  held?: number | undefined;
  resetsAt?: string | undefined;
  priceCredits?: number | undefined;
  /** What the limits leave; null without a limit. */
  left?: number | null | undefined;
  retryAfterSeconds?: number | undefined;
  errors?: { path: string; message: string }[] | undefined;
};
