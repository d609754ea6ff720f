import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** Something that is seldom needed, behind a line that opens it. */
export const Disclosure = ({ summary, children }: { summary: string; children: ReactNode }) => (
  <details className="group">
    <summary className="flex w-fit cursor-pointer items-center gap-1 text-text-2 hover:text-text">
      <ChevronRight size={15} aria-hidden="true" className="group-open:rotate-90" />
      {summary}
    </summary>
    {children}
  </details>
);
