"use client";
import type { MouseEvent, ReactNode } from "react";

/** A panel that a button opens through `popoverTarget`. The browser closes it; so does choosing something inside. */
export function PopoverPanel({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  function closeAfterChoice(event: MouseEvent<HTMLDivElement>) {
    if (event.target instanceof Element && event.target.closest("a, button")) event.currentTarget.hidePopover();
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: links and buttons inside turn keys into clicks
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would name a group of fields, this holds links
    <div id={id} popover="auto" role="group" aria-label={label} className="menu" onClick={closeAfterChoice}>
      {children}
    </div>
  );
}
