import "server-only";

/** One ask of the past that was answered, and what came of it. Times are milliseconds. */
export type PastAsk = {
  id: string;
  at: number;
  questionKey: string;
  memberId: string;
  /** The team's share for schedules paid for it, not the member. */
  byShare: boolean;
  /** The saved search or watchlist that it was for. */
  keptFor: string | null;
  /** The schedule that it was made by. */
  scheduleId: string | null;
  /** It left the accepted age to the team's setting. */
  byDefault: boolean;
  /** The age that it named itself; null when that is not known. */
  acceptedMs: number | null;
  cameOf: "bought" | "stored" | "shared";
  /** For a shared ask, the ask that it joined. */
  joined: string | null;
  /** What was charged for it. */
  credits: number;
  /** What it costs to buy it. */
  priceCredits: number;
  /** When the answer that it got was fetched; null when it got none. */
  fetchedAt: number | null;
};

/**
 * What a team does otherwise: the age in milliseconds that an ask accepts at least, `stop` when it is not made at all,
 * null when it stays as it was.
 */
export type Policy = (ask: PastAsk) => number | "stop" | null;

/** What really happened. */
export const AS_IT_WAS: Policy = () => null;

/**
 * Asks again what was asked, in the order of time, under another policy. As it was, the sum is what was charged,
 * exactly. Where an ask's own accepted age is not known, the one that buys is taken: a saving is rather understated.
 * @param stored When the newest answer to each question was fetched before the first ask.
 * @returns the credits of each ask that buys.
 */
export function replayAsks(
  asks: readonly PastAsk[],
  stored: ReadonlyMap<string, number>,
  policy: Policy,
): ReadonlyMap<string, number> {
  const ids = new Set(asks.map(({ id }) => id));
  const real = new Map(stored);
  const kept = new Map(stored);
  const bought = new Map<string, number>();
  for (const ask of asks) {
    const { id, at, questionKey, cameOf, joined, fetchedAt } = ask;
    if (cameOf === "stored" && !real.has(questionKey) && fetchedAt !== null) {
      real.set(questionKey, fetchedAt);
      kept.set(questionKey, fetchedAt);
    }
    const wish = policy(ask);
    // One that joined a request from before the first ask costs nothing in any case.
    const isShared = joined !== null && (bought.has(joined) || !ids.has(joined));
    const copies = { kept: kept.get(questionKey), real: real.get(questionKey) };
    if (wish !== "stop" && !isShared && !isServed(ask, copies, wish)) {
      bought.set(id, cameOf === "bought" ? ask.credits : ask.priceCredits);
      const brought = cameOf === "bought" ? fetchedAt : at;
      if (brought !== null) kept.set(questionKey, brought);
    }
    if (cameOf === "bought" && fetchedAt !== null) real.set(questionKey, fetchedAt);
  }
  return bought;
}

export const creditsOf = (bought: ReadonlyMap<string, number>) =>
  [...bought.values()].reduce((sum, credits) => sum + credits, 0);

type Copies = { kept: number | undefined; real: number | undefined };

/** Whether the kept copy serves. What really happened bounds it: the real copy then served the ask, or it did not. */
function isServed({ at, cameOf, acceptedMs }: PastAsk, { kept, real }: Copies, wish: number | null): boolean {
  // An answer that came late is not there before it came.
  if (kept === undefined || kept > at) return false;
  if (wish !== null && at - kept < wish) return true;
  if (cameOf === "stored" && real !== undefined && kept >= real) return true;
  const isRefused = cameOf === "bought" && real !== undefined && kept <= real;
  return !isRefused && acceptedMs !== null && at - kept < acceptedMs;
}
