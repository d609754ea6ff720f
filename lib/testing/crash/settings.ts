/** The one seed to replay, and how many to try: `CRASH_SEED=<n>`; thousands under `npm run test:long`. */
export const seedsToTry = (): number[] => {
  const one = process.env.CRASH_SEED;
  if (one) return [Number(one)];
  const first = process.env.LONG ? Math.floor(Math.random() * 1e9) : 1;
  return Array.from({ length: process.env.LONG ? 3_000 : 40 }, (_, index) => first + index);
};
