import { type ComponentProps, useId } from "react";

type Props = Omit<ComponentProps<"textarea">, "id"> & { label: string; mistake?: string | undefined };

/** A labelled field for several lines and, beside it, what is wrong with what was typed. */
export function TextArea({ label, mistake, className = "", ...area }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        rows={3}
        {...area}
        id={id}
        className={`input h-auto py-1.5 ${className}`}
        aria-invalid={mistake ? true : undefined}
        aria-describedby={mistake ? `${id}-mistake` : undefined}
      />
      {mistake && (
        <p id={`${id}-mistake`} className="mistake">
          {mistake}
        </p>
      )}
    </div>
  );
}
