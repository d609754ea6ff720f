import "server-only";
import type { Tx } from "./db";

const remembered = new WeakMap<object, Map<string, Promise<unknown>>>();

/** From now on `readOnce` remembers within this transaction: for one that writes nothing. */
export const rememberReads = (tx: Tx): void => void remembered.set(tx, new Map());

/** Reads, or answers as the same was answered before in the same transaction where that is remembered. */
export function readOnce<T>(tx: object, what: string, read: () => Promise<T>): Promise<T> {
  const known = remembered.get(tx);
  const before = known?.get(what) as Promise<T> | undefined;
  if (before) return before;
  const answer = read();
  known?.set(what, answer);
  return answer;
}
