import "server-only";

/** How certain an outcome is: the vendor says so, we assume it, the wire proves it. */
export type Basis = "documented" | "assumed" | "proven";
export type Outcome = "charged" | "not_charged" | "unsettled";

/** Why a call gave no readable ranking: error codes of the HTTP API. */
export type UpstreamProblem =
  | "key_rejected"
  | "upstream_out_of_credits"
  | "upstream_rate_limited"
  | "upstream_failed"
  | "upstream_no_data"
  | "upstream_invalid_answer"
  | "upstream_timeout";

/** The closed words about a cause. The ledger keeps them, so a word once used keeps its meaning. */
export type CallReason =
  // Nothing was sent.
  | "refused"
  | "connect_timeout"
  | "key_unusable"
  | "not_sent"
  // The upstream said no, by HTTP status or by a code in its answer.
  | "unauthorized"
  | "forbidden"
  | "out_of_credits"
  | "rate_limited"
  | "no_data"
  | "redirect"
  | "http_status"
  | "code_not_0"
  | "nested_code"
  // Code 0, but nothing that we can read.
  | "data_null"
  | "unreadable_list"
  // A 2xx that is no answer, or that never arrived in full.
  | "not_json"
  | "no_code"
  | "cut"
  | "too_large"
  | "timeout"
  // The caller gave up, before or after sending.
  | "aborted";

/** A row in our names and units. Null is "the provider gave none". */
export type MappedRow = {
  /** Place on the page, from 1. */
  place: number;
  categoryId: string | null;
  parentId: string | null;
  topId: string | null;
  /** Provider's names of top, parent and category, trimmed. */
  topName: string | null;
  parentName: string | null;
  categoryName: string | null;
  posts: number | null;
  postsChangePct: number | null;
  impressions: number | null;
  ctrPct: number | null;
  cvrPct: number | null;
  sixSecondViewRatePct: number | null;
  cost: number | null;
  cpa: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
};

export type RankingPage = { total: number | null; hasMore: boolean | null; rows: MappedRow[] };

/** One endpoint of the upstream, declared once. Adding one is adding one file under `endpoints/`. */
export type Endpoint<Params, Answer> = {
  /** The word for it in the ledger. */
  name: string;
  /** Below the base address, with its leading slash. */
  path: string;
  /** What one request costs by the vendor's price list. */
  priceCredits: number;
  /** The query as it goes on the wire; a parameter that is left out is not sent. */
  toQuery(params: Params): Record<string, string>;
  /** Reads the `data` of an answer with code 0. Null when its shape cannot be read. Never throws. */
  parse(data: unknown): Answer | null;
};

/** What one call came to. `answer` is set exactly when `problem` is null. */
export type CallResult<Answer> = {
  outcome: Outcome;
  basis: Basis;
  problem: UpstreamProblem | null;
  /** For the ledger; null exactly when `problem` is. */
  reason: CallReason | null;
  /** The provider's own words about a failure, for the log and the receipt: at most 200 characters, never the key. */
  message: string | null;
  httpStatus: number | null;
  upstreamRequestId: string | null;
  /**
   * The body as it came, also when it was cut; null when no byte of it arrived. The one change ever made to it: where
   * it repeats the key, the key's bytes are asterisks.
   */
  raw: Uint8Array | null;
  /** From Retry-After, in whole seconds; null when absent or unreadable. */
  retryAfterSeconds: number | null;
  /** Nothing reached the upstream (`refused`), or it asked to come later (`rate_limited`): the buyer may repeat. */
  repeatable: "refused" | "rate_limited" | null;
  answer: Answer | null;
};
