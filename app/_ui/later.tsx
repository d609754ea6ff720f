import type { ReactNode } from "react";

type Props<Value> = { of: Promise<Value>; children: (value: Value) => ReactNode };

/**
 * A part of a page that is drawn as soon as its own data is there, while the rest is still being read. It shifts nothing:
 * the page is sent as a whole. Whoever begins the read looks after its failing where the page ends before.
 */
export async function Later<Value>({ of, children }: Props<Value>) {
  return <>{children(await of)}</>;
}
