/**
 * A message that was formatted once with `{name}` in the place of its value, filled in. For what a table says hundreds
 * of times: reading a message's grammar each time costs more than all the rest of a row.
 */
export const fill = (message: string, values: Readonly<Record<string, string>>): string =>
  message.replace(/\{(\w+)\}/g, (mark, name: string) => values[name] ?? mark);

/** The same answer for the same argument, worked out once: for words that many rows share. */
export function memoized<K extends string, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? work(key);
    known.set(key, value);
    return value;
  };
}
