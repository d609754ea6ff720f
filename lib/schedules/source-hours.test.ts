import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AnswerPair, estimateSourceHours, onClock } from "./source-hours";

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 9, 1);
const at = (day: number, hour: number) => new Date(START + (day * 24 + hour) * HOUR_MS);
const pair = (day: number, from: number, to: number, changed: boolean): AnswerPair => ({
  from: at(day, from),
  to: at(day, to),
  changed,
});

/** What somebody who asks at these hours sees of a source that changes every day at a moment of its own. */
function seen(asked: number[], changesAt: (day: number) => number): AnswerPair[] {
  const moments = asked.toSorted((a, b) => a - b);
  return moments.slice(1).map((to, index) => {
    const from = moments[index] ?? 0;
    const first = Math.floor(from / 24) - 1;
    const days = Array.from({ length: 4 }, (_, ahead) => first + ahead);
    return {
      from: at(0, from),
      to: at(0, to),
      changed: days.some((day) => {
        const change = day * 24 + changesAt(day);
        return change > from && change <= to;
      }),
    };
  });
}

describe("the hours at which the source changes", () => {
  test("are those between two answers that differ, on most of the days", () => {
    const pairs = [0, 1, 2, 3, 4].flatMap((day) => [pair(day, 3, 5, true), pair(day, 5, 20, false)]);
    expect(estimateSourceHours(pairs)).toEqual({ fromHour: 3, toHour: 5, observations: 5 });
    expect(estimateSourceHours([...pairs, pair(9, 12, 13, true)])).toEqual({ fromHour: 3, toHour: 5, observations: 6 });
  });

  test("go over midnight", () => {
    const pairs = [0, 1, 2, 3, 4].map((day) => pair(day, 22, 26, true));
    expect(estimateSourceHours(pairs)).toEqual({ fromHour: 22, toHour: 2, observations: 5 });
  });

  test("leave out those that went by unchanged more often", () => {
    const pairs = [0, 1, 2, 3, 4].flatMap((day) => [pair(day, 2, 7.5, true), pair(day + 20, 1, 5, false)]);
    expect(estimateSourceHours(pairs)).toEqual({ fromHour: 5, toHour: 8, observations: 5 });
  });

  test("are not told from fewer than five changes, from answers a day apart, or from the same hours asked by many lists", () => {
    const four = [0, 1, 2, 3].map((day) => pair(day, 3, 5, true));
    expect(estimateSourceHours(four)).toBeNull();
    expect(estimateSourceHours([...four, ...four, ...four])).toBeNull();
    expect(estimateSourceHours([0, 1, 2, 3, 4, 5].map((day) => pair(day, 9, 33, true)))).toBeNull();
  });

  test("are not told where changes come at any hour, or fall into too wide a stretch", () => {
    expect(estimateSourceHours([0, 4, 8, 12, 16, 20].map((hour, day) => pair(day, hour, hour + 2, true)))).toBeNull();
    expect(estimateSourceHours([0, 1, 2, 3, 4].map((day) => pair(day, 1, 13, true)))).toBeNull();
  });

  test("hold the moment at which a daily source really changes, wherever they are told", () => {
    let told = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 30 * 24 * 2 }), { minLength: 10, maxLength: 240 }),
        fc.integer({ min: 0, max: 23 }),
        fc.array(fc.integer({ min: 1, max: 58 }), { minLength: 40, maxLength: 40 }),
        (halves, hour, minutes) => {
          const pairs = seen(
            halves.map((half) => half / 2),
            (day) => hour + (minutes[day + 2] ?? 30) / 60,
          );
          const found = estimateSourceHours(pairs);
          if (!found) return;
          told += 1;
          const length = (found.toHour - found.fromHour + 24) % 24;
          expect((hour - found.fromHour + 24) % 24).toBeLessThan(length);
        },
      ),
      { numRuns: 1000 },
    );
    expect(told).toBeGreaterThan(50);
  });

  test("are told on the team's clock, with the first full hour behind them", () => {
    const hours = { fromHour: 3, toHour: 5, observations: 12 };
    expect(onClock(hours, 0)).toEqual({ fromMinute: 180, toMinute: 300, runHour: 6, observations: 12 });
    expect(onClock(hours, 480)).toMatchObject({ fromMinute: 660, toMinute: 780, runHour: 14 });
    expect(onClock(hours, 330)).toMatchObject({ fromMinute: 510, toMinute: 630, runHour: 11 });
    expect(onClock(hours, -300)).toMatchObject({ fromMinute: 1320, toMinute: 0, runHour: 1 });
  });
});
