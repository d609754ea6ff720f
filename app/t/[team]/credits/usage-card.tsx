import { type ReactNode, useId } from "react";

type Props = { label: string; value: string; hint?: string; children: ReactNode };

/** One figure with its name above and what it is about below; a hint explains it on hover and on focus. */
export function UsageCard({ label, value, hint, children }: Props) {
  const id = useId();
  return (
    <div className="sheet grid content-start gap-0.5 px-3 py-2.5">
      <dt className="text-text-3 text-xs">
        {hint ? (
          <>
            <button
              type="button"
              data-tip=""
              aria-describedby={id}
              className="dotted cursor-help rounded-none text-left"
            >
              {label}
            </button>
            <span id={id} hidden>
              {hint}
            </span>
          </>
        ) : (
          label
        )}
      </dt>
      <dd className="font-semibold text-[1.3125rem] leading-tight tracking-[-0.02em]">{value}</dd>
      <dd className="text-text-2 text-xs">{children}</dd>
    </div>
  );
}
