import { type ComponentProps, useId } from "react";
import { FieldFoot } from "./field-foot";

type Props = Omit<ComponentProps<"input">, "id"> & { label: string; hint?: string; mistake?: string | undefined };

/** A labelled input with its hint and, beside it, what is wrong with what was typed. */
export function TextField({ label, hint, mistake, className = "", ...input }: Props) {
  const id = useId();
  const described = [mistake ? `${id}-mistake` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className={`input ${className}`}
        aria-invalid={mistake ? true : undefined}
        aria-describedby={described || undefined}
      />
      <FieldFoot id={id} mistake={mistake} hint={hint} />
    </div>
  );
}
