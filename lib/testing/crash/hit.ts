import { AsyncLocalStorage } from "node:async_hooks";

/** One ask in this process: which of its points hold it, and which ones it has passed. */
export type Walk = {
  cell: string;
  /** Names of hits at which it waits to be let go. */
  stops: string[];
  /** Every hit, as `<point> <side> <how often by now>`. */
  trail: string[];
  counts: Map<string, number>;
};

export const walks = new AsyncLocalStorage<Walk>();

/** Set by the process: resolves when the ask may go on. */
let hold: (cell: string, at: string) => Promise<void> = async () => {};
export const onHold = (held: typeof hold) => {
  hold = held;
};

/** More hits of one point than this tell nothing new: it polls. */
const MOST_HITS = 3;

function hit(id: string, side: "before" | "after"): Promise<void> | undefined {
  const walk = walks.getStore();
  if (!walk) return undefined;
  const key = `${id} ${side}`;
  const count = (walk.counts.get(key) ?? 0) + 1;
  walk.counts.set(key, count);
  const name = `${key} ${count}`;
  if (count <= MOST_HITS) walk.trail.push(name);
  return walk.stops.includes(name) ? hold(walk.cell, name) : undefined;
}

const before = (id: string) => hit(id, "before");

/** The point after an await is reached when it resolved, and also when it failed. */
async function after<T>(id: string, awaited: T): Promise<Awaited<T>> {
  try {
    return await awaited;
  } finally {
    await hit(id, "after");
  }
}

// The instrumented sources know them by these names.
Object.assign(globalThis, { __before: before, __after: after });
