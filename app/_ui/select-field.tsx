import { type ComponentProps, useId } from "react";
import { FieldFoot } from "./field-foot";

type Props = Omit<ComponentProps<"select">, "id"> & { label: string; hint?: string; mistake?: string | undefined };

/** A labelled native select: the system's own list is the fastest one on a phone and for a keyboard. */
export function SelectField({ label, hint, mistake, className = "", children, ...select }: Props) {
  const id = useId();
  const described = [mistake ? `${id}-mistake` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="select">
        <select
          {...select}
          id={id}
          className={`input ${className}`}
          aria-invalid={mistake ? true : undefined}
          aria-describedby={described || undefined}
        >
          {children}
        </select>
      </span>
      <FieldFoot id={id} mistake={mistake} hint={hint} />
    </div>
  );
}
