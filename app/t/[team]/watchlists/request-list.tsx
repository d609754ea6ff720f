"use client";
import { useState } from "react";
import { ScrollRegion } from "@/app/_ui/scroll-region";

type Props = {
  title: string;
  /** How the requests were chosen. */
  how: string;
  onlyIfMoved: string;
  requests: { text: string; reason: string; ifMissing: boolean }[];
};

/** The requests of a plan, of which a long list has hundreds: drawn once somebody opens them. */
export function RequestList({ title, how, onlyIfMoved, requests }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details className="mt-1.5" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit text-text-3 text-xs hover:text-text">
        <span className="dotted">{title}</span>
      </summary>
      {open && (
        <>
          <ScrollRegion label={title} className="mt-1.5 max-h-80 overflow-auto">
            <ol className="num grid gap-1.5 text-[0.8125rem]">
              {requests.map(({ text, reason, ifMissing }) => (
                <li key={`${text} ${reason} ${ifMissing}`}>
                  {text}
                  {ifMissing && <span className="tag ml-1.5">{onlyIfMoved}</span>}
                  <span className="block text-text-3 text-xs">{reason}</span>
                </li>
              ))}
            </ol>
          </ScrollRegion>
          <p className="mt-1.5 max-w-[60rem] text-text-3 text-xs">{how}</p>
        </>
      )}
    </details>
  );
}
