import { type FirstDays, midnight, type Period, periodAt } from "./period";

// The rules of the ledger as docs/architecture.md tells them, for callers that come one after the other. Written from
// the rules and not from the SQL: sums are taken over requests, where the database keeps counters.

export type Upstream = "sandbox" | "live";
export type Scope = "team" | "schedules" | "member" | "token";
/** What a limit is set for: a subject that is counted, or members who have none of their own. */
export type LimitScope = Scope | "member_default";
type State = "reserved" | "sending" | "charged" | "not_charged" | "unsettled" | "released";

export type ModelKey = {
  id: string;
  upstream: Upstream;
  /** Another one is in use, or none. */
  ended: boolean;
  /** Removed: its text is gone, and what was asked with it can no longer be sent. */
  gone: boolean;
  rejected: string | null;
  /** Seconds since an answer 402 by the real clock; null: none. */
  outOfCreditsFor: number | null;
};

export type ModelMember = { id: string; removed: boolean; role: "owner" | "analyst" | "viewer" };
export type ModelToken = { id: string; revoked: boolean; expired: boolean; scope: "read" | "read+spend" };

/** What a buyer asks; times in seconds. */
export type ModelAsk = {
  id: string;
  nonce: string;
  /** Equal bodies have equal hashes. */
  body: string;
  questionKey: string;
  q: string;
  window: string;
  upstream: Upstream;
  memberId: string;
  tokenId: string | null;
  purpose: "explore" | "api" | "schedule" | "key_test";
  /** The share for schedules pays: no member's limit is asked. */
  byShare: boolean;
  price: number;
  maxAge: number;
  waited: number;
};

export type ModelRequest = {
  ask: ModelAsk;
  keyId: string;
  period: string;
  repeats: string | null;
  state: State;
  basis: string | null;
  problem: string | null;
  reason: string | null;
  attempt: number;
  sentAt: number | null;
  /** When it ended, or was last corrected. */
  settledAt: number | null;
  /** Its lease ran out, by the real clock, and nobody has noticed yet. */
  leaseOver: boolean;
  /** `kind:credits`, oldest first. */
  events: string[];
  snapshotId: string | null;
  /** Its lease ended after it was sent: an answer may still come. */
  orphaned: boolean;
  /** Something came back and is kept byte for byte. */
  rawKept: boolean;
};

/** A member asks for more than the limit of one period. */
export type ModelWish = {
  id: string;
  memberId: string;
  upstream: Upstream;
  period: string;
  state: "open" | "granted" | "declined";
  credits: number;
};

type Flight = {
  owner: ModelRequest | null;
  newest: { snapshotId: string; sentAt: number; fetchedAt: number; final: boolean } | null;
};
type Served = {
  body: string;
  source: "bought" | "stored" | "shared";
  requestId: string | null;
  snapshotId: string | null;
};

/** What a team assumes of requests that nobody has settled for so many hours. */
export type ModelRule = { says: "ask" | "charged" | "not_charged"; afterHours: number };

export type ModelAnswer = {
  outcome: "charged" | "not_charged" | "unsettled";
  basis: string;
  problem: string | null;
  reason: string | null;
  /** `none`: no rows to store; `broken`: rows that the database cannot store. */
  rows: "good" | "broken" | "none";
};

export class LedgerModel {
  /** The application's clock, seconds. */
  now: number;
  upstream: Upstream = "sandbox";
  readonly keys: ModelKey[] = [];
  readonly members: ModelMember[] = [];
  readonly tokens: ModelToken[] = [];
  readonly requests: ModelRequest[] = [];
  readonly served = new Map<string, Served>();
  readonly flights = new Map<string, Flight>();
  /** Every limit that was ever set, with the period from which it holds. */
  private readonly limits: { from: string; scope: LimitScope; subjectId: string; credits: number | null }[] = [];
  readonly wishes: ModelWish[] = [];
  rule: ModelRule = { says: "ask", afterHours: 24 };
  private firstDays: FirstDays;

  constructor(
    readonly team: { id: string; zone: string; firstDay: number },
    now: number,
  ) {
    this.now = now;
    this.firstDays = [{ from: "", day: team.firstDay }];
  }

  get period(): string {
    return this.runningPeriod().start;
  }

  /** The day that counts begins with the next period; the running one keeps its own first day and its end. */
  setFirstDay(day: number): void {
    const { start, next } = this.runningPeriod();
    const until = this.firstDays.filter(({ from }) => from <= start);
    this.firstDays = until.at(-1)?.day === day ? until : [...until, { from: next, day }];
  }

  /** What the ledger may answer: one thing, or where several limits are reached any of them. */
  claim(ask: ModelAsk): Record<string, unknown>[] {
    const flight = this.flight(ask.questionKey);
    const before = this.served.get(ask.id);
    if (before) {
      const own = this.requests.find((request) => request.ask.id === ask.id);
      if (before.body !== ask.body) return [{ result: "conflict" }];
      if (own && own.ask.nonce === ask.nonce && own.state === "reserved")
        return [{ result: "claimed", requestId: own.ask.id }];
      const { source, requestId, snapshotId } = before;
      return [{ result: "replay", source, requestId, snapshotId }];
    }
    const { newest, owner } = flight;
    if (newest && ((newest.final && ask.maxAge > 0) || newest.fetchedAt > this.now - ask.maxAge - ask.waited)) {
      this.serve(ask, { source: "stored", requestId: null, snapshotId: newest.snapshotId });
      return [{ result: "stored", snapshotId: newest.snapshotId }];
    }
    if (owner && !owner.leaseOver) {
      this.serve(ask, { source: "shared", requestId: owner.ask.id, snapshotId: null });
      return [{ result: "shared", requestId: owner.ask.id }];
    }
    const repeats = owner && this.endDead(owner) === "unsettled" ? owner.ask.id : null;

    const key = this.activeKey(ask.upstream);
    if (!key || this.upstream !== ask.upstream) return [{ result: "key_missing" }];
    if (ask.purpose !== "key_test") {
      if (key.rejected) return [{ result: "key_rejected", reason: key.rejected }];
      const coolDown = ask.purpose === "schedule" ? 15 * 60 : 60;
      if (key.outOfCreditsFor !== null && key.outOfCreditsFor < coolDown)
        return [{ result: "upstream_out_of_credits" }];
    }
    const refusals = this.exceeded(ask);
    if (refusals.length > 0) return refusals;

    const request: ModelRequest = {
      ...{ ask, keyId: key.id, period: this.period, repeats, state: "reserved", events: ["reserved:0"] },
      ...{ basis: null, problem: null, reason: null, attempt: 0, sentAt: null, settledAt: null, snapshotId: null },
      ...{ leaseOver: false, orphaned: false, rawKept: false },
    };
    this.requests.push(request);
    this.serve(ask, { source: "bought", requestId: ask.id, snapshotId: null });
    flight.owner = request;
    return [{ result: "claimed", requestId: ask.id }];
  }

  begin(request: ModelRequest, rightNonce: boolean, attempt: number, queueFull: boolean): Record<string, unknown> {
    if (!rightNonce || !isUnderWay(request) || attempt < request.attempt) return { result: "lost" };
    const isRepeat = attempt > request.attempt;
    const refusal = this.refusalToSend(request) ?? (queueFull && isRepeat ? "upstream_rate_limited" : null);
    if (refusal) {
      const sent = request.state === "sending";
      if (sent) this.end(request, "not_charged", { basis: "assumed", problem: refusal, reason: "before_repeat" });
      else this.end(request, "released", { basis: null, problem: refusal, reason: "before_send" });
      return { result: refusal };
    }
    request.leaseOver = false;
    request.state = "sending";
    request.attempt = attempt;
    if (isRepeat) {
      request.sentAt = this.now;
      request.events.push("sending:0");
    }
    return { result: "ok", keyId: request.keyId };
  }

  settle(request: ModelRequest, rightNonce: boolean, answer: ModelAnswer, snapshotId: string): Record<string, unknown> {
    if (!rightNonce || request.state === "reserved" || request.state === "released") return { result: "lost" };
    // Evidence overrules what only the lease's end or the team's rule had assumed.
    const isLate =
      request.orphaned &&
      request.basis === "assumed" &&
      (request.reason === "lease_ended" || request.reason === "team_rule");
    // What a person settled stays settled so; the answer that came after it is kept none the less.
    const isKept = request.orphaned && request.basis === "by_hand" && !request.rawKept;
    if (request.state !== "sending" && !isLate && !isKept) return { result: "again", state: request.state };
    request.rawKept = true;
    if (isKept) {
      this.keepRows(request, answer, snapshotId);
      return { result: "again", state: request.state };
    }
    if (isLate && answer.outcome === "unsettled") return { result: "again", state: request.state };

    const broken = answer.rows === "broken" ? { problem: "upstream_invalid_answer", reason: "rows_not_storable" } : {};
    const { outcome, basis, problem, reason } = { ...answer, ...broken };
    const credits = this.charge(request, outcome === "charged");
    this.end(request, outcome, { basis, problem, reason }, isLate ? `correction:${credits}` : `${outcome}:${credits}`);
    const key = this.keys.find(({ id }) => id === request.keyId);
    if (key && outcome === "charged") Object.assign(key, { rejected: null, outOfCreditsFor: null });
    if (key && problem === "key_rejected") key.rejected = reason;
    if (key && problem === "upstream_out_of_credits") key.outOfCreditsFor = 0;

    this.keepRows(request, answer, snapshotId);
    return { result: "settled", state: outcome, problem };
  }

  private keepRows(request: ModelRequest, answer: ModelAnswer, snapshotId: string): void {
    if (answer.rows !== "good") return;
    const [flight, sentAt] = [this.flight(request.ask.questionKey), request.sentAt ?? 0];
    request.snapshotId = snapshotId;
    if (!flight.newest || sentAt >= flight.newest.sentAt)
      flight.newest = { snapshotId, sentAt, fetchedAt: this.now, final: isFinal(request.ask.window, this.now) };
  }

  settleByHand(request: ModelRequest, charged: boolean): Record<string, unknown> {
    if (isUnderWay(request)) {
      if (!request.leaseOver) return { code: "conflict" };
      this.endDead(request);
    }
    const { state, problem } = request;
    const outcome = charged ? "charged" : "not_charged";
    if (state === "released") return { outcome: "released" };
    // An assumption that a person confirms is none any more.
    if (state === outcome && request.basis !== "assumed") return { outcome };
    const event = `correction:${this.charge(request, charged)}`;
    this.end(request, outcome, { basis: "by_hand", problem, reason: "dashboard" }, event);
    return { outcome };
  }

  /** Assumes of all that waited for long enough what the team's rule says. */
  applyRule(): { charged: number; not_charged: number } {
    const settled = { charged: 0, not_charged: 0 };
    const { says, afterHours } = this.rule;
    if (says === "ask") return settled;
    for (const request of this.requests) {
      if (request.state !== "unsettled" || (request.settledAt ?? 0) + afterHours * 3_600 > this.now) continue;
      const event = `correction:${this.charge(request, says === "charged")}`;
      this.end(request, says, { basis: "assumed", problem: request.problem, reason: "team_rule" }, event);
      settled[says]++;
    }
    return settled;
  }

  /** What it costs more, or less, than it counted as until now. */
  private charge({ ask, state }: ModelRequest, charged: boolean): number {
    return (charged ? ask.price : 0) - (state === "charged" ? ask.price : 0);
  }

  /** Ends all whose lease ran out. */
  sweep(): { released: number; unsettled: number } {
    const ended = { released: 0, unsettled: 0 };
    for (const request of this.requests) if (isUnderWay(request) && request.leaseOver) ended[this.endDead(request)]++;
    return ended;
  }

  setLimit(scope: LimitScope, subjectId: string, credits: number | null): void {
    this.limits.push({ from: this.period, scope, subjectId, credits });
  }

  /**
   * The limit of a subject in a period: its own or, for a member without one, the default, as set last from that period
   * or an earlier one on; and what was granted for this very period on top.
   */
  limitIn(upstream: Upstream, period: string, scope: Scope, subjectId: string): number | null {
    const last = (of: LimitScope, id: string) =>
      this.limits.findLast((limit) => limit.scope === of && limit.subjectId === id && limit.from <= period)?.credits;
    const isMember = scope === "member";
    const limit = last(scope, subjectId) ?? (isMember ? last("member_default", this.team.id) : null) ?? null;
    if (limit === null || !isMember) return limit;
    return this.wishes
      .filter((wish) => wish.memberId === subjectId && wish.upstream === upstream && wish.period === period)
      .reduce((sum, { state, credits }) => sum + (state === "granted" ? credits : 0), limit);
  }

  /** A grant counts at once, in its period alone; once that is over there is nothing to grant. */
  decide(wish: ModelWish, state: "granted" | "declined", credits: number): string {
    if (wish.state !== "open") return "not_open";
    if (state === "granted" && wish.period !== this.period) return "period_over";
    Object.assign(wish, { state, credits });
    return "done";
  }

  /** The counters that a request touches, in the order in which they are asked. */
  subjectsOf({ memberId, tokenId, purpose, byShare }: ModelAsk): { scope: Scope; subjectId: string }[] {
    return [
      { scope: "team", subjectId: this.team.id },
      ...(purpose === "schedule" ? [{ scope: "schedules" as const, subjectId: this.team.id }] : []),
      ...(byShare ? [] : [{ scope: "member" as const, subjectId: memberId }]),
      ...(tokenId ? [{ scope: "token" as const, subjectId: tokenId }] : []),
    ];
  }

  /** Credits of a subject in a period, summed up over its requests. */
  sums(upstream: Upstream, period: string, scope: Scope, subjectId: string) {
    const sums = { spent: 0, held: 0, unsettled: 0 };
    for (const { ask, period: own, state } of this.requests) {
      if (ask.upstream !== upstream || own !== period) continue;
      if (!this.subjectsOf(ask).some((subject) => subject.scope === scope && subject.subjectId === subjectId)) continue;
      if (state === "charged") sums.spent += ask.price;
      if (state === "unsettled") sums.unsettled += ask.price;
      if (state === "reserved" || state === "sending") sums.held += ask.price;
    }
    return sums;
  }

  activeKey(upstream: Upstream): ModelKey | undefined {
    return this.keys.find((key) => key.upstream === upstream && !key.ended);
  }

  private runningPeriod(): Period {
    return periodAt(this.team.zone, this.firstDays, this.now * 1000);
  }

  private exceeded(ask: ModelAsk): Record<string, unknown>[] {
    const period = this.runningPeriod();
    return this.subjectsOf(ask).flatMap(({ scope, subjectId }) => {
      const limit = this.limitIn(ask.upstream, period.start, scope, subjectId);
      const { spent, held, unsettled } = this.sums(ask.upstream, period.start, scope, subjectId);
      if (limit === null || spent + held + unsettled + ask.price <= limit) return [];
      const resetsAt = new Date(midnight(this.team.zone, period.next));
      return [{ result: "limit", scope, limit, spent, held: held + unsettled, resetsAt }];
    });
  }

  private refusalToSend({ keyId, ask }: ModelRequest): string | null {
    const key = this.keys.find(({ id }) => id === keyId);
    if (!key || key.gone || ask.upstream !== this.upstream) return "key_missing";
    if (key.rejected && ask.purpose !== "key_test") return "key_rejected";
    const member = this.members.find(({ id }) => id === ask.memberId);
    if (!member || member.removed || member.role === "viewer") return "forbidden";
    const token = this.tokens.find(({ id }) => id === ask.tokenId);
    if (token && (token.revoked || token.expired || token.scope !== "read+spend")) return "forbidden";
    return null;
  }

  private endDead(request: ModelRequest): "released" | "unsettled" {
    const state = request.state === "reserved" ? "released" : "unsettled";
    const problem = state === "released" ? "upstream_failed" : "upstream_timeout";
    this.end(request, state, { basis: state === "released" ? null : "assumed", problem, reason: "lease_ended" });
    if (state === "unsettled") request.orphaned = true;
    return state;
  }

  private end(
    request: ModelRequest,
    state: State,
    why: { basis: string | null; problem: string | null; reason: string | null },
    event = `${state}:0`,
  ): void {
    Object.assign(request, why, { state, leaseOver: false, settledAt: this.now });
    request.events.push(event);
    const flight = this.flight(request.ask.questionKey);
    if (flight.owner === request) flight.owner = null;
  }

  private serve(ask: ModelAsk, served: Omit<Served, "body">): void {
    this.served.set(ask.id, { body: ask.body, ...served });
  }

  private flight(questionKey: string): Flight {
    const flight = this.flights.get(questionKey) ?? { owner: null, newest: null };
    this.flights.set(questionKey, flight);
    return flight;
  }
}

const isUnderWay = ({ state }: ModelRequest) => state === "reserved" || state === "sending";

/** A calendar month that was fetched three days or more after its end, in UTC, never goes stale. */
function isFinal(window: string, fetchedAt: number): boolean {
  const [year = 0, month = 0] = window.split("-").map(Number);
  return /^\d{4}-\d\d$/.test(window) && fetchedAt * 1000 >= Date.UTC(year, month, 4);
}
