import type { ReactNode } from "react";

type Props = { id?: string; title: string; lead?: string; children: ReactNode };

/** A part of the account page that is saved by itself. */
export function Section({ id, title, lead, children }: Props) {
  return (
    <section id={id} className="sheet grid gap-3.5 p-4 sm:p-5">
      <div>
        <h2>{title}</h2>
        {lead && <p className="mt-0.5 text-text-3">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
