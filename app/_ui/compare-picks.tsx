import { useTranslations } from "next-intl";
import { PICKS } from "./pick-box";

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
