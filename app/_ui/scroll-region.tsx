import type { ReactNode } from "react";

type Props = { label: string; className?: string; children: ReactNode };

/**
 * A wide table's own window: reachable with Tab, then scrolled with the arrow keys. What only a screen reader hears has
 * its place in it too, or the page would scroll.
 */
export function ScrollRegion({ label, className = "scroller", children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable)
    <section className={`relative ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
