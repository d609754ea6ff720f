"use client";
import { Search } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useAwake } from "@/app/_ui/use-awake";
import { ASKED } from "./kept";
import { FIND_ALWAYS } from "./keys";

type Props = { label: string; className: string /** Nothing but its sign. */; compact?: boolean };

const never = () => () => {};

/** Opens what is looked up by name; beside it stands the key that does the same. */
export function FindButton({ label, className, compact = false }: Props) {
  const awake = useAwake();
  const isMac = useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
  return (
    <button
      type="button"
      className={className}
      disabled={!awake}
      data-asleep={awake ? undefined : ""}
      aria-haspopup="dialog"
      aria-keyshortcuts={isMac ? "Meta+K" : "Control+K"}
      onClick={() => window.dispatchEvent(new Event(ASKED))}
    >
      <Search size={15} aria-hidden="true" className="shrink-0 text-text-3" />
      <span className={compact ? "sr-only" : "grow text-left"}>{label}</span>
      {!compact && (
        <span aria-hidden="true" className="key">
          {isMac ? FIND_ALWAYS.mac : FIND_ALWAYS.other}
        </span>
      )}
    </button>
  );
}
