import type { ComponentProps } from "react";

type Props = ComponentProps<"a"> & {
  href: string;
  /** Whether the page begins at its top again: another page does, another view of this one stays where it is. */
  scroll?: boolean;
};

/**
 * A link to another page of the application that costs a page nothing but its text: `SoftLinks` follows it. For what
 * stands on a page many times; it prefetches nothing.
 */
export const SoftLink = ({ scroll = true, ...link }: Props) => <a {...link} data-soft={scroll ? "" : "stay"} />;
