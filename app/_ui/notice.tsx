import type { ReactNode } from "react";

type Props = {
  tone: "plain" | "warn" | "bad";
  title?: string;
  children: ReactNode;
  className?: string;
  /** It says that something went otherwise than asked. */
  isAlert?: boolean;
};

/** A statement that belongs to the page. */
export function Notice({ tone, title, children, className = "", isAlert = false }: Props) {
  const look = { plain: "", warn: "notice-warn", bad: "notice-bad" }[tone];
  return (
    <div role={isAlert ? "alert" : undefined} className={`notice ${look} ${className}`}>
      {title && <p className="font-semibold">{title}</p>}
      {children}
    </div>
  );
}
