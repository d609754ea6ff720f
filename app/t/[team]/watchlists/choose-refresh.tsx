import { useTranslations } from "next-intl";
import type { TableLook } from "@/lib/platform/format/table-page";
import type { RefreshChoices } from "@/lib/tracking/read-refresh-choices";
import type { RefreshTargetInput } from "@/lib/tracking/schemas";

type Props = {
  offered: RefreshChoices;
  chosen: RefreshTargetInput;
  /** What the table of lists shows: it stays. */
  look: TableLook;
  /** Of the lists, these are those of one page. */
  isPart: boolean;
};

/** Which lists and searches are to be refreshed by one plan. The choice stands in the address; the plan is free to see. */
export function ChooseRefresh({ offered, chosen, look, isPart }: Props) {
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
      {look.q && <input type="hidden" name="q" value={look.q} />}
      {look.page > 1 && <input type="hidden" name="page" value={look.page} />}
      {choice("list", offered.lists, chosen.watchlists, t("chooseLists"))}
      {isPart && <p className="text-text-3">{t("choosePart")}</p>}
      {choice("search", offered.searches, chosen.searches, t("chooseSearches"))}
      {offered.searchTotal > offered.searches.length && (
        <p className="text-text-3">
          {t("chooseNewest", { count: offered.searches.length, total: offered.searchTotal })}
        </p>
      )}
      <button type="submit" className="btn justify-self-start">
        {t("showPlan")}
      </button>
    </form>
  );
}
