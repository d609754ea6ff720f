import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findWaste } from "./find-waste";
import { AS_IT_WAS, creditsOf, type PastAsk, type Policy, replayAsks } from "./replay-asks";

const MINUTE = 60_000;

/** An ask as somebody makes it: the age accepted is the team's, "anew", or one that the ledger does not tell later. */
type Made = {
  afterMinutes: number;
  question: number;
  accepts: "default" | "anew" | number;
  fails: "charged" | "free" | null;
  joined: boolean;
  search: boolean;
};

const made = fc.record<Made>({
  afterMinutes: fc.integer({ min: 1, max: 900 }),
  question: fc.integer({ min: 0, max: 3 }),
  accepts: fc.oneof(fc.constant("default" as const), fc.constant("anew" as const), fc.integer({ min: 0, max: 4000 })),
  fails: fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    fc.constant("charged" as const),
    fc.constant("free" as const),
  ),
  joined: fc.boolean(),
  search: fc.boolean(),
});
const known = made.filter(({ accepts, fails }) => typeof accepts !== "number" && fails === null);

/** What the ledger would hold of these asks in a team with this freshness, written down without the replay. */
function ledgerOf(asks: Made[], freshMinutes: number, before: ReadonlyMap<string, number> = new Map()) {
  const newest = new Map(before);
  const ledger: PastAsk[] = [];
  let at = 0;
  asks.forEach((ask, index) => {
    at += ask.afterMinutes * MINUTE;
    const questionKey = `q${ask.question}`;
    const minutes = ask.accepts === "default" ? freshMinutes : ask.accepts === "anew" ? 0 : ask.accepts;
    const copy = newest.get(questionKey);
    const isStored = copy !== undefined && at - copy < minutes * MINUTE;
    const fetchedAt = isStored ? copy : ask.fails ? null : at;
    const entry: PastAsk = {
      id: `a${index}`,
      at,
      questionKey,
      memberId: "mia",
      byShare: false,
      keptFor: ask.search ? "s1" : null,
      scheduleId: null,
      byDefault: ask.accepts === "default",
      acceptedMs: ask.accepts === "anew" ? 0 : null,
      cameOf: isStored ? "stored" : "bought",
      joined: null,
      credits: isStored || ask.fails === "free" ? 0 : 2,
      priceCredits: 2,
      fetchedAt,
    };
    ledger.push(entry);
    if (!isStored && fetchedAt !== null) newest.set(questionKey, fetchedAt);
    if (!isStored && ask.joined) {
      ledger.push({ ...entry, id: `j${index}`, cameOf: "shared", joined: entry.id, credits: 0 });
    }
  });
  return ledger;
}

const charged = (ledger: PastAsk[]) => ledger.reduce((sum, { credits }) => sum + credits, 0);
const none = new Map<string, number>();
const cost = (ledger: PastAsk[], policy: Policy, stored = none) => creditsOf(replayAsks(ledger, stored, policy));

describe("replaying a ledger", () => {
  test("as it was costs what was charged, exactly, whatever was asked and whatever failed", () => {
    fc.assert(
      fc.property(
        fc.array(made, { maxLength: 80 }),
        fc.integer({ min: 0, max: 3000 }),
        fc.boolean(),
        (asks, fresh, old) => {
          const stored = old ? new Map([["q0", -60 * MINUTE]]) : none;
          const ledger = ledgerOf(asks, fresh, stored);
          const bought = replayAsks(ledger, stored, AS_IT_WAS);
          expect(creditsOf(bought)).toBe(charged(ledger));
          expect([...bought.keys()]).toEqual(ledger.filter(({ cameOf }) => cameOf === "bought").map(({ id }) => id));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("under a longer freshness costs what the same asks would have cost in a team that had it", () => {
    fc.assert(
      fc.property(
        fc.array(known, { maxLength: 80 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 4000 }),
        (asks, fresh, more) => {
          const longer = fresh + more;
          const policy: Policy = ({ byDefault }) => (byDefault ? longer * MINUTE : null);
          expect(cost(ledgerOf(asks, fresh), policy)).toBe(charged(ledgerOf(asks, longer)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("without a search leaves what others had of its answers to be bought by them", () => {
    const asks: Made[] = [
      { afterMinutes: 1, question: 0, accepts: "default", fails: null, joined: false, search: true },
      { afterMinutes: 10, question: 0, accepts: "default", fails: null, joined: false, search: false },
      { afterMinutes: 10, question: 1, accepts: "default", fails: null, joined: false, search: true },
    ];
    const ledger = ledgerOf(asks, 60);
    expect(charged(ledger)).toBe(4);
    expect(cost(ledger, ({ keptFor }) => (keptFor === "s1" ? "stop" : null))).toBe(2);
  });

  test("who joined a request of the period before pays nothing, and an answer that came late serves nobody earlier", () => {
    const [first] = ledgerOf(
      [{ afterMinutes: 5, question: 0, accepts: "anew", fails: null, joined: false, search: false }],
      0,
    );
    const ask = first as PastAsk;
    expect(cost([{ ...ask, cameOf: "shared", joined: "gone", credits: 0 }], AS_IT_WAS)).toBe(0);
    const late: PastAsk = { ...ask, fetchedAt: ask.at + 90 * MINUTE };
    const next: PastAsk = { ...ask, id: "next", at: ask.at + 30 * MINUTE, fetchedAt: ask.at + 30 * MINUTE };
    expect(cost([late, next], () => 60 * MINUTE)).toBe(4);
  });
});

describe("what was bought for nothing", () => {
  const facts = { isKeyTest: false, opened: true as boolean | null, equalsBefore: false };
  const buy = (id: string, minutes: number): PastAsk => ({
    id,
    at: minutes * MINUTE,
    questionKey: "q",
    memberId: "mia",
    byShare: false,
    keptFor: null,
    scheduleId: null,
    byDefault: false,
    acceptedMs: 0,
    cameOf: "bought",
    joined: null,
    credits: 2,
    priceCredits: 2,
    fetchedAt: minutes * MINUTE,
  });
  const of = (known: Partial<typeof facts>, ask = buy("b", 60), freshMinutes = 30) =>
    findWaste([buy("a", 0), ask], none, new Map([["b", { ...facts, ...known }]]), freshMinutes * MINUTE).get("b");

  test("is each purchase as the first kind that fits, and only what was charged and readable", () => {
    expect(of({})).toBeUndefined();
    expect(of({ opened: false, equalsBefore: true }, buy("b", 60), 61)).toBe("repeated");
    expect(of({ opened: false, equalsBefore: true })).toBe("unopened");
    expect(of({ opened: null, equalsBefore: true })).toBe("unchanged");
    expect(of({ isKeyTest: true, opened: false }, buy("b", 1))).toBeUndefined();
    expect(of({ opened: false }, { ...buy("b", 60), credits: 0 })).toBeUndefined();
    expect(findWaste([buy("a", 0), buy("c", 1)], none, new Map(), 30 * MINUTE).size).toBe(0);
  });

  test("repeats a copy that was stored before the period, exactly as long as it is fresh", () => {
    const before = new Map([["q", -10 * MINUTE]]);
    const known = new Map([["a", facts]]);
    expect(findWaste([buy("a", 0)], before, known, 10 * MINUTE).size).toBe(0);
    expect(findWaste([buy("a", 0)], before, known, 10 * MINUTE + 1).get("a")).toBe("repeated");
  });
});
