import type { ReactNode } from "react";

type Props = { tone: "plain" | "warn" | "bad"; title?: string; children: ReactNode; className?: string };

/** A statement that belongs to the page: not an answer to a press, so it is not announced. */
export function Notice({ tone, title, children, className = "" }: Props) {
  const look = { plain: "", warn: "notice-warn", bad: "notice-bad" }[tone];
  return (
    <div className={`notice ${look} ${className}`}>
      {title && <p className="font-semibold">{title}</p>}
      {children}
    </div>
  );
}
