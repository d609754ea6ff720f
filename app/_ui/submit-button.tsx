"use client";
import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { useAwake } from "./use-awake";

type Props = {
  pending: boolean;
  className?: string;
  children: ReactNode;
  name?: string;
  value?: string;
  form?: string;
  disabled?: boolean;
};

/** Sends the form around it, or the one that it names, once the page is awake, and only once at a time. */
export function SubmitButton({ pending, className = "btn-primary", children, disabled = false, ...button }: Props) {
  const awake = useAwake();
  return (
    <button
      type="submit"
      {...button}
      className={`btn ${className}`}
      disabled={!awake || pending || disabled}
      aria-busy={pending}
      data-asleep={awake ? undefined : ""}
    >
      {pending && <LoaderCircle size={14} aria-hidden="true" className="-ml-0.5 animate-spin" />}
      {children}
    </button>
  );
}
