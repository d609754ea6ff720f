import "server-only";
import { db, type Tx } from "@/lib/platform/db";
import { rememberReads } from "@/lib/platform/read-once";

type Reader = { readonly team: { readonly id: string } };
type Reading = { tx: Promise<Tx>; readers: number; end: () => void };
/**
 * Whether PostgreSQL plans a statement for its very values, or once for all. Where a statement is made of look-ups, its
 * plan comes out the same whatever is looked up, and making it takes as long as the look-ups.
 */
export type Plans = "auto" | "force_generic_plan";

/** Reads of one kind of plans share a transaction. */
const readings = new WeakMap<Reader, Partial<Record<Plans, Reading>>>();

/** What this context reads at the same time is from now on read in one transaction, which cannot write: for pages. */
export function shareReads<Context extends Reader>(ctx: Context): Context {
  readings.set(ctx, {});
  return ctx;
}

export const sharesReads = (ctx: Reader): boolean => readings.has(ctx);

/**
 * Reads in the transaction of whatever this context reads just now; opens it, and ends it when nobody reads any more.
 * When a statement fails, what is still read in it fails too, as the page does; what is read later begins anew.
 */
export async function readTogether<T>(ctx: Reader, plans: Plans, of: (tx: Tx) => Promise<T>): Promise<T> {
  const open = readings.get(ctx) ?? {};
  const reading = open[plans] ?? begin(ctx, plans);
  open[plans] = reading;
  const leave = () => {
    if (open[plans] === reading) delete open[plans];
  };
  reading.readers++;
  try {
    return await of(await reading.tx);
  } catch (error) {
    leave();
    throw error;
  } finally {
    reading.readers--;
    // Often the next read begins as soon as this one has answered.
    setImmediate(() => {
      if (reading.readers > 0) return;
      leave();
      reading.end();
    });
  }
}

const read = <T>({ team }: Reader, plans: Plans, of: (tx: Tx) => Promise<T>): Promise<T> =>
  db().$transaction(async (tx) => {
    await tx.$executeRaw`
      select set_config('app.team', ${team.id}, true), set_config('transaction_read_only', 'on', true),
        set_config('plan_cache_mode', ${plans}, true)`;
    rememberReads(tx);
    return of(tx);
  });

/** Reads in a transaction that no other read shares or waits for; it cannot write either. Its plans are made once. */
export const readAlone = <T>(ctx: Reader, of: (tx: Tx) => Promise<T>): Promise<T> =>
  read(ctx, "force_generic_plan", of);

function begin(ctx: Reader, plans: Plans): Reading {
  const begun = Promise.withResolvers<Tx>();
  const ended = Promise.withResolvers<void>();
  const hold = (tx: Tx) => {
    begun.resolve(tx);
    return ended.promise;
  };
  read(ctx, plans, hold).catch(begun.reject);
  return { tx: begun.promise, readers: 0, end: ended.resolve };
}
