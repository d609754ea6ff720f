import type { ReactNode } from "react";

/** One part under the name of its file. */
export const Part = ({ name, children }: { name: string; children: ReactNode }) => (
  <section className="sheet grid min-w-0 content-start gap-3 p-3.5" aria-label={name}>
    <h2 className="num text-text-3 text-xs">{name}</h2>
    {children}
  </section>
);

/** The team that nothing here belongs to. */
export const SLUG = "design";
export const NOW = new Date("2026-11-27T12:00:00Z");
export const ID = "018f0000-0000-7000-8000-000000000000";
export const LONG = "SuperlongcategorynamewithoutanyspacesthatgoesonandonuntilitmustbreaksomewhereΩ🌸美妆个护";
