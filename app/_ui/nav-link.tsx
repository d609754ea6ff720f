"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { SoftLink } from "./soft-link";

type Props = { href: string; exact?: boolean; className: string; children: ReactNode };

/** A link that knows whether it leads to where one is. */
export function NavLink({ href, exact = false, className, children }: Props) {
  const path = usePathname();
  const here = exact ? path === href : path === href || path.startsWith(`${href}/`);
  return (
    <SoftLink href={href} aria-current={here ? "page" : undefined} className={className}>
      {children}
    </SoftLink>
  );
}
