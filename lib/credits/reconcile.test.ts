import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Doubt, expectedAfter, fitting, judgeStatement, type Span } from "./reconcile";

const requests = (kind: Doubt["kind"], prices: number[], word = kind): Doubt[] =>
  prices.map((credits, index) => ({ id: `${word} ${index}`, credits, kind }));
const sumOf = (doubts: Doubt[], ids: string[]) =>
  doubts.filter(({ id }) => ids.includes(id)).reduce((sum, { credits }) => sum + credits, 0);
const price = fc.constantFrom(1, 2, 2, 2, 3, 5);

describe("fitting", () => {
  test("finds the largest sum that the requests can make up, as trying every choice does", () => {
    fc.assert(
      fc.property(fc.array(price, { maxLength: 9 }), fc.integer({ min: 0, max: 40 }), (prices, most) => {
        const given = requests("open", prices);
        let best = 0;
        for (let choice = 0; choice < 2 ** prices.length; choice++) {
          const sum = prices.reduce((total, credits, index) => total + (choice & (2 ** index) ? credits : 0), 0);
          if (sum <= most && sum > best) best = sum;
        }
        const found = fitting(most, given);
        expect(found.credits).toBe(best);
        expect(sumOf(given, found.ids)).toBe(best);
        expect(new Set(found.ids).size).toBe(found.ids.length);
      }),
    );
  });

  test("names the oldest of equal price", () => {
    expect(fitting(5, requests("open", [2, 2, 2, 2])).ids).toEqual(["open 0", "open 1"]);
  });

  test("bears thousands of requests and a drift far beyond them", () => {
    const many = requests("open", new Array(20_000).fill(2));
    expect(fitting(1_000_000_000, many).credits).toBe(40_000);
    expect(fitting(19_999, many).ids).toHaveLength(9_999);
  });
});

/** A span as it truly was: for each doubtful request also whether the account really paid for it. */
const history = fc.record({
  before: fc.nat(10_000),
  charged: fc.nat(500),
  topUps: fc.nat(2_000),
  outside: fc.oneof(fc.constant(0), fc.nat(300)),
  open: fc.array(fc.tuple(price, fc.boolean()), { maxLength: 30 }),
  assumedFree: fc.array(fc.tuple(price, fc.boolean()), { maxLength: 8 }),
  assumedCharged: fc.array(fc.tuple(price, fc.boolean()), { maxLength: 8 }),
});
const paid = (pairs: [number, boolean][]) => pairs.reduce((sum, [credits, really]) => sum + (really ? credits : 0), 0);
const prices = (pairs: [number, boolean][]) => pairs.map(([credits]) => credits);

function told(truth: typeof history extends fc.Arbitrary<infer T> ? T : never) {
  const assumed = prices(truth.assumedCharged).reduce((sum, credits) => sum + credits, 0);
  const span: Span = {
    charged: truth.charged + assumed,
    topUps: truth.topUps,
    doubts: [
      ...requests("open", prices(truth.open)),
      ...requests("assumed_free", prices(truth.assumedFree)),
      ...requests("assumed_charged", prices(truth.assumedCharged)),
    ],
  };
  const really = truth.charged + paid(truth.assumedCharged) + paid(truth.open) + paid(truth.assumedFree);
  return { span, stated: truth.before - really - truth.outside + truth.topUps };
}

describe("a newly stated balance", () => {
  test("without outside spending and with true assumptions lies in the expected range and is explained exactly", () => {
    fc.assert(
      fc.property(history, (truth) => {
        const open = truth.open;
        const honest = { ...truth, outside: 0, assumedFree: [], assumedCharged: [], open };
        const { span, stated } = told(honest);
        const finding = judgeStatement(truth.before, span, stated);
        expect(stated).toBeGreaterThanOrEqual(finding.expected.low);
        expect(stated).toBeLessThanOrEqual(finding.expected.high);
        expect(finding).toMatchObject({ drift: paid(open), open: { credits: paid(open) }, outsideAtLeast: 0 });
      }),
    );
  });

  test("never blames more on others than what was really spent outside, and never a negative sum", () => {
    fc.assert(
      fc.property(history, (truth) => {
        const { span, stated } = told({ ...truth, assumedCharged: truth.assumedCharged.map(([c]) => [c, true]) });
        const finding = judgeStatement(truth.before, span, stated);
        expect(finding.outsideAtLeast).toBeGreaterThanOrEqual(0);
        expect(finding.outsideAtLeast).toBeLessThanOrEqual(truth.outside);
        expect(finding.outsideAtMost).toBeGreaterThanOrEqual(truth.outside);
      }),
    );
  });

  test("accounts for every credit of the drift, whatever happened", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: -3_000, max: 3_000 }), (truth, error) => {
        const { span, stated } = told(truth);
        const finding = judgeStatement(truth.before, span, stated + error);
        expect(finding.drift).toBe(finding.expected.high - (stated + error));
        expect(finding.expected.low).toBeLessThanOrEqual(finding.expected.high);
        for (const part of [finding.open, finding.assumedFree, finding.assumedCharged]) {
          expect(part.credits).toBe(sumOf(span.doubts, part.ids));
        }
        if (finding.drift >= 0) {
          const { open, assumedFree, outsideAtLeast, drift } = finding;
          expect(open.credits + assumedFree.credits).toBeLessThanOrEqual(drift);
          expect(open.credits + assumedFree.credits + outsideAtLeast).toBeLessThanOrEqual(drift);
        } else {
          expect(finding.outsideAtMost).toBe(0);
          expect(finding.assumedCharged.credits).toBeLessThanOrEqual(-finding.drift);
        }
      }),
    );
  });

  test("that fits asks for nothing but says which requests turned out free", () => {
    const span = { charged: 10, topUps: 0, doubts: requests("open", [2, 2]) };
    expect(judgeStatement(100, span, 90)).toMatchObject({ drift: 0, open: { ids: [] }, openIds: ["open 0", "open 1"] });
  });

  test("that is higher than explained names assumed charges that may have been free", () => {
    const span = { charged: 10, topUps: 0, doubts: requests("assumed_charged", [2, 2, 2]) };
    expect(judgeStatement(100, span, 94)).toMatchObject({
      drift: -4,
      assumedCharged: { ids: ["assumed_charged 0", "assumed_charged 1"], credits: 4 },
      outsideAtMost: 0,
    });
  });

  test("that lacks more than every open request leaves the rest to others who use the key", () => {
    const span = { charged: 10, topUps: 50, doubts: requests("open", [2, 2]) };
    expect(judgeStatement(100, span, 130)).toMatchObject({
      expected: { low: 136, high: 140 },
      drift: 10,
      open: { credits: 4 },
      outsideAtLeast: 6,
      outsideAtMost: 10,
    });
  });
});

test("what is expected now is a range as wide as what nobody knows the cost of", () => {
  const doubts = [...requests("open", [2, 2, 2]), ...requests("assumed_free", [2])];
  expect(expectedAfter(2_410, { charged: 6, topUps: 0, doubts })).toEqual({ low: 2_398, high: 2_404 });
});
