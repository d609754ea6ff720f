type Props = { id: string; mistake?: string | undefined; hint?: string | undefined };

/** What is wrong with what a field holds, and what helps to fill it; the field names both by its own id. */
export const FieldFoot = ({ id, mistake, hint }: Props) => (
  <>
    {mistake && (
      <p id={`${id}-mistake`} className="mistake">
        {mistake}
      </p>
    )}
    {hint && (
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
    )}
  </>
);
