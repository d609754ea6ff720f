"use client";
import { type ReactNode, useState } from "react";
import { useAwake } from "./use-awake";

type Props = {
  label: string;
  className?: string;
  /** The form, once it is opened. */
  children: (close: () => void) => ReactNode;
};

/** A button in whose place a form opens. */
export function OpenedForm({ label, className = "btn", children }: Props) {
  const awake = useAwake();
  const [open, setOpen] = useState(false);
  if (open) return children(() => setOpen(false));
  return (
    <button type="button" className={className} disabled={!awake} onClick={() => setOpen(true)}>
      {label}
    </button>
  );
}
