import Link from "next/link";
import type { ReactNode } from "react";

type Props = {
  href: string;
  /** It is what is shown. */
  isOn: boolean;
  /** Whether the page begins at its top again: another page does, another view of this one stays where it is. */
  scroll?: boolean;
  children: ReactNode;
};

/** One of several views of a page, whose choice stands in the address. */
export const TabLink = ({ href, isOn, scroll = false, children }: Props) => (
  <Link href={href} prefetch={false} scroll={scroll} className="tab" aria-current={isOn ? "true" : undefined}>
    {children}
  </Link>
);
