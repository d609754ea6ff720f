"use client";
import type { ComponentProps } from "react";
import { useSoftLinks } from "./use-soft-links";

/** A list of many plain links, which are followed within the application by one listener. */
export function SoftLinkList({ children, ...list }: Omit<ComponentProps<"ol">, "onClick">) {
  const follow = useSoftLinks();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link is a click
    <ol {...list} onClick={follow}>
      {children}
    </ol>
  );
}
