/** The form that the boxes of all rows belong to, wherever they stand. */
export const PICKS = "compare-picks";

export type Pick = { value: string; label: string };

/** The box that chooses a row for comparing. */
export const PickBox = ({ value, label }: Pick) => (
  <label className="inline-grid size-6 shrink-0 place-items-center" title={label}>
    <input type="checkbox" form={PICKS} name="pick" value={value} aria-label={label} className="size-4" />
  </label>
);
