import "server-only";
import type { Finding } from "./schemas";

/** A request whose cost is not certain; oldest first wherever there are several. */
export type Doubt = {
  id: string;
  credits: number;
  /** `open` is unsettled or still under way; the other two are assumptions that nobody has confirmed. */
  kind: "open" | "assumed_charged" | "assumed_free";
};

/** What happened with one key between two moments, in credits. `charged` includes what is assumed to be charged. */
export type Span = { charged: number; topUps: number; doubts: Doubt[] };

const sum = (doubts: Doubt[]) => doubts.reduce((total, { credits }) => total + credits, 0);
const ofKind = (doubts: Doubt[], kind: Doubt["kind"]) => doubts.filter((doubt) => doubt.kind === kind);

/** What the account should hold at the end of a span: `low` when everything open was charged, `high` when nothing was. */
export function expectedAfter(stated: number, { charged, topUps, doubts }: Span): { low: number; high: number } {
  const high = stated - charged + topUps;
  return { low: high - sum(ofKind(doubts, "open")), high };
}

/**
 * Those of the requests that make up the largest sum of at most `most` credits, the oldest of each price.
 * Exact for any mix of prices: a part that no choice can make up must come from elsewhere.
 */
export function fitting(most: number, requests: Doubt[]): { ids: string[]; credits: number } {
  const byPrice = new Map<number, Doubt[]>();
  for (const request of requests) {
    const same = byPrice.get(request.credits);
    if (same) same.push(request);
    else byPrice.set(request.credits, [request]);
  }
  const classes = [...byPrice];
  // after[i]: bit s is set when the classes from i on can make up s.
  const after: bigint[] = new Array(classes.length + 1).fill(1n);
  for (let index = classes.length - 1; index >= 0; index--) {
    const [price, members] = classes[index] as [number, Doubt[]];
    let bits = after[index + 1] as bigint;
    for (let left = members.length, part = 1; left > 0; left -= part, part *= 2) {
      part = Math.min(part, left);
      bits |= bits << BigInt(part * price);
    }
    after[index] = bits;
  }
  const makes = (index: number, credits: number) =>
    credits >= 0 && (((after[index] as bigint) >> BigInt(credits)) & 1n) === 1n;

  let credits = Math.max(0, Math.min(most, sum(requests)));
  while (!makes(0, credits)) credits -= 1;
  const ids: string[] = [];
  let rest = credits;
  for (const [index, [price, members]] of classes.entries()) {
    let count = Math.min(members.length, Math.floor(rest / price));
    while (!makes(index + 1, rest - count * price)) count -= 1;
    ids.push(...members.slice(0, count).map(({ id }) => id));
    rest -= count * price;
  }
  return { ids, credits };
}

/**
 * What a newly stated balance says about the span before it. `drift` is what the account lacks against everything that
 * is known to be charged; negative when it holds more. Nothing here settles anything: it names what could explain it.
 */
export function judgeStatement(before: number, span: Span, stated: number): Finding {
  const expected = expectedAfter(before, span);
  const drift = expected.high - stated;
  const open = ofKind(span.doubts, "open");
  const none = { ids: [], credits: 0 };
  if (drift < 0) {
    return {
      expected,
      drift,
      open: none,
      openIds: open.map(({ id }) => id),
      assumedFree: none,
      assumedCharged: fitting(-drift, ofKind(span.doubts, "assumed_charged")),
      outsideAtLeast: 0,
      outsideAtMost: 0,
    };
  }
  const byOpen = fitting(drift, open);
  const assumedFree = ofKind(span.doubts, "assumed_free");
  const all = byOpen.credits === drift ? byOpen : fitting(drift, [...open, ...assumedFree]);
  return {
    expected,
    drift,
    open: byOpen,
    openIds: open.map(({ id }) => id),
    assumedFree: byOpen.credits === drift ? none : fitting(drift - byOpen.credits, assumedFree),
    assumedCharged: none,
    outsideAtLeast: drift - all.credits,
    outsideAtMost: drift,
  };
}
