import { useLocale, useTranslations } from "next-intl";
import { FilterForm } from "@/app/_ui/filter-form";
import { useLabels } from "@/app/_ui/labels";
import { PickField } from "@/app/_ui/pick-field";
import { ResetFilters } from "@/app/_ui/reset-filters";
import { SelectField } from "@/app/_ui/select-field";
import { TextField } from "@/app/_ui/text-field";
import { categoryName } from "@/lib/insights/category-names";
import { MOST_GROUPED } from "@/lib/insights/choices";
import { type Category, type Question, REGIONS } from "@/lib/insights/schemas";
import type { RankingView } from "@/lib/insights/sort-rows";
import { closedMonths } from "@/lib/platform/format/date";
import type { Field } from "./address";
import { CategoryOptions } from "./category-options";

type Props = {
  slug: string;
  question: Question;
  typed: Record<Field, string | undefined>;
  mistakes: Partial<Record<Field, string>>;
  view: Partial<RankingView>;
  categories: Category[];
  now: Date;
  timeZone: string;
  /** Where the team's usual question is; null while that is shown. */
  reset: string | null;
};

const MONTHS_BACK = 4;

/** The question as fields of the address. Showing never spends. */
export function FilterBar({ slug, question, typed, mistakes, view, categories, now, timeZone, reset }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const sentence = (field: Field) => (mistakes[field] ? t(`validation.${mistakes[field]}` as never) : undefined);
  const compare = new Intl.Collator(locale).compare;
  const countries = REGIONS.filter((code) => code !== "all_regions")
    .map((code) => ({ code, name: labels.region(code) }))
    .sort((a, b) => compare(a.name, b.name));
  const offered = closedMonths(now, MONTHS_BACK, timeZone);
  const months =
    question.window.includes("-") && !offered.includes(question.window) ? [...offered, question.window] : offered;

  return (
    <FilterForm
      action={`/t/${slug}/explore`}
      label={t("explore.filters")}
      values={{
        region: question.region,
        window: question.window,
        category: question.category ?? "",
        q: typed.q ?? "",
      }}
      className="sheet grid grid-cols-2 items-start gap-2 p-2.5 sm:flex sm:flex-wrap"
    >
      <div className="sm:w-44">
        <SelectField
          label={t("explore.region")}
          name="region"
          defaultValue={question.region}
          mistake={sentence("region")}
        >
          <option value="all_regions">{labels.region("all_regions")}</option>
          <optgroup label={t("explore.regionsOne")}>
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </optgroup>
        </SelectField>
      </div>
      <div className="sm:w-36">
        <SelectField
          label={t("explore.window")}
          name="window"
          defaultValue={question.window}
          mistake={sentence("window")}
        >
          {["1", "7", "30"].map((window) => (
            <option key={window} value={window}>
              {labels.window(window)}
            </option>
          ))}
          <optgroup label={t("window.months")}>
            {months.map((month) => (
              <option key={month} value={month}>
                {labels.window(month)}
              </option>
            ))}
          </optgroup>
        </SelectField>
      </div>
      <div className="sm:w-56">
        {categories.length > MOST_GROUPED ? (
          <PickField
            key={question.category ?? ""}
            slug={slug}
            label={t("explore.category")}
            name="category"
            kind="any_category"
            chosen={
              question.category
                ? {
                    value: question.category,
                    name: categoryName(question.category, categories, locale) ?? question.category,
                  }
                : null
            }
            empty={t("explore.allCategories")}
            mistake={sentence("category")}
          />
        ) : (
          <SelectField
            label={t("explore.category")}
            name="category"
            defaultValue={question.category ?? ""}
            mistake={sentence("category")}
          >
            <option value="">{t("explore.allCategories")}</option>
            <CategoryOptions categories={categories} selected={question.category ?? null} />
          </SelectField>
        )}
      </div>
      <div className="sm:w-44">
        <TextField
          label={t("explore.keyword")}
          name="q"
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          maxLength={200}
          placeholder={t("explore.keywordPlaceholder")}
          defaultValue={typed.q ?? ""}
          mistake={sentence("q")}
        />
      </div>
      {view.preset && view.preset !== "all" && <input type="hidden" name="preset" value={view.preset} />}
      {view.sort && <input type="hidden" name="sort" value={view.sort} />}
      {view.sort && view.dir && <input type="hidden" name="dir" value={view.dir} />}
      <button type="submit" className="btn max-sm:col-span-2 sm:mt-[1.22rem]">
        {t("explore.show")}
      </button>
      {reset && <ResetFilters href={reset} className="max-sm:col-span-2 sm:mt-[1.22rem]" />}
    </FilterForm>
  );
}
