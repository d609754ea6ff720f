import fc from "fast-check";

const { LEDGER_SEED, LONG } = process.env;
const [seed, path] = (LEDGER_SEED ?? "").split(/:(.*)/);

/** How many stories a run tells, or the one that `LEDGER_SEED=<seed>:<path>` names. */
export const RUNS = {
  // Without a bias towards the short ones: little happens in those.
  unbiased: true,
  numRuns: LONG ? 1_000 : 100,
  timeoutMs: LONG ? 7_200_000 : 600_000,
  ...(LEDGER_SEED ? { seed: Number(seed), path: path || undefined, endOnFailure: true } : {}),
};

/** @throws with the shortest story that breaks the property, and how to hear it again. */
export async function holds<T>(property: fc.IAsyncProperty<T>): Promise<void> {
  const details = await fc.check(property, RUNS);
  if (!details.failed) return;
  const again = `LEDGER_SEED=${details.seed}:${details.counterexamplePath ?? ""}`;
  throw new Error(`${await fc.asyncDefaultReportMessage(details)}\n\nThe same story again: ${again}`);
}
