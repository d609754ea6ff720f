import { useTranslations } from "next-intl";
import type { RefreshTargetInput, SavedSearch, Watchlist } from "@/lib/tracking/schemas";

type Props = { lists: Watchlist[]; searches: SavedSearch[]; chosen: RefreshTargetInput };

/** Which lists and searches are to be refreshed by one plan. The choice stands in the address; the plan is free to see. */
export function ChooseRefresh({ lists, searches, chosen }: Props) {
  const t = useTranslations("refresh");
  const choice = (field: "list" | "search", entries: { id: string; name: string }[], taken: string[], label: string) =>
    entries.length > 0 && (
      <fieldset className="min-w-0">
        <legend className="mb-1 font-medium text-text-2 text-xs">{label}</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1.5">
          {entries.map(({ id, name }) => (
            <label key={id} className="flex min-h-6 items-center gap-1.5">
              <input type="checkbox" name={field} value={id} defaultChecked={taken.includes(id)} className="size-4" />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
    );
  return (
    <form method="get" className="sheet grid gap-3 p-3.5" aria-label={t("choose")}>
      <div>
        <h2>{t("choose")}</h2>
        <p className="text-text-2">{t("chooseText")}</p>
      </div>
      {choice("list", lists, chosen.watchlists, t("chooseLists"))}
      {choice("search", searches, chosen.searches, t("chooseSearches"))}
      <button type="submit" className="btn justify-self-start">
        {t("showPlan")}
      </button>
    </form>
  );
}
