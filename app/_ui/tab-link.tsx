import type { ReactNode } from "react";
import { SoftLink } from "./soft-link";

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
  <SoftLink href={href} scroll={scroll} className="tab" aria-current={isOn ? "true" : undefined}>
    {children}
  </SoftLink>
);
