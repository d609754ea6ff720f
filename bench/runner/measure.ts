/** The middle of some measurements, which a disturbed one does not move. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** How often `run` completes in a second when so many callers call it one after the other, each without a pause. */
export async function perSecond(run: () => Promise<unknown>, callers: number, forMs: number): Promise<number> {
  const start = performance.now();
  const end = start + forMs;
  let calls = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < end) {
        await run();
        calls++;
      }
    }),
  );
  return calls / ((performance.now() - start) / 1_000);
}

export type Turns = { ratio: number; ours: number; bare: number };

/**
 * The ratio of ours to the bare one, measured in turn so that a machine that slows down slows both: the median over
 * the rounds. The first round warms up and does not count.
 */
export async function inTurn(rounds: number, ours: () => Promise<number>, bare: () => Promise<number>): Promise<Turns> {
  const seen: { ours: number; bare: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const both = { bare: await bare(), ours: await ours() };
    if (round > 0) seen.push(both);
  }
  return {
    ratio: median(seen.map((both) => both.ours / both.bare)),
    ours: median(seen.map((both) => both.ours)),
    bare: median(seen.map((both) => both.bare)),
  };
}
