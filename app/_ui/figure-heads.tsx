"use client";
import { useId } from "react";
import { SoftLink } from "./soft-link";

export type FigureHead = { key: string; text: string; className?: string } & (
  | { href: string; hint: string }
  | { href?: undefined; hint?: undefined }
);

/** The heads of a table of figures, from `FigureHead[]` as JSON; what a column means is read on hover and focus. */
export function FigureHeads({ headsJson }: { headsJson: string }) {
  const id = useId();
  const heads = JSON.parse(headsJson) as FigureHead[];
  return (
    <thead>
      <tr>
        {heads.map(({ key, text, className, href, hint }) => (
          <th key={key} scope="col" className={className}>
            {href === undefined ? (
              text
            ) : (
              <>
                <SoftLink href={href} className="sort" data-tip="" aria-describedby={`${id}${key}`}>
                  {text}
                </SoftLink>
                <span id={`${id}${key}`} hidden>
                  {hint}
                </span>
              </>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}
