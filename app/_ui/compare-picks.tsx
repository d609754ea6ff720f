import { useTranslations } from "next-intl";
import { useLabels } from "./labels";

/** The form that the boxes of all rows belong to, wherever they stand. */
export const PICKS = "compare-picks";

type PickProps = { categoryId: string | null; region: string; name: string };

/** Chooses a row of a table of categories for comparing; works without a script. */
export function ComparePick({ categoryId, region, name }: PickProps) {
  const t = useTranslations("compare");
  const labels = useLabels();
  if (categoryId === null) return null;
  const label = t("pick", { name: `${name} · ${labels.region(region)}` });
  return (
    <label className="inline-grid size-6 shrink-0 place-items-center" title={label}>
      <input
        type="checkbox"
        form={PICKS}
        name="pick"
        value={`${categoryId}/${region}`}
        aria-label={label}
        className="size-4"
      />
    </label>
  );
}

/** Leads to the comparison of the rows that are chosen; the address says what cannot be compared. */
export function ComparePicked({ slug, window }: { slug: string; window: string }) {
  const t = useTranslations("compare");
  return (
    <form id={PICKS} action={`/t/${slug}/compare`} autoComplete="off">
      <input type="hidden" name="window" value={window.includes("-") ? "month" : window} />
      <button type="submit" className="btn btn-quiet">
        {t("picked")}
      </button>
    </form>
  );
}
