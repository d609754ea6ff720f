import { useTranslations } from "next-intl";
import { DateField } from "@/app/_ui/date-field";
import { FilterForm } from "@/app/_ui/filter-form";
import { useLabels } from "@/app/_ui/labels";
import { PickField } from "@/app/_ui/pick-field";
import { SelectField } from "@/app/_ui/select-field";
import { useShownWords } from "@/app/t/[team]/categories/[id]/shown-words";
import { MOST_GROUPED } from "@/lib/insights/choices";
import { COMPARED } from "@/lib/insights/compare-schemas";
import { REGIONS, type Region } from "@/lib/insights/schemas";
import { type CompareAddress, compareQuery, type Field, type Mistakes, type Typed } from "./address";

type Props = {
  slug: string;
  chosen: CompareAddress;
  typed: Typed;
  mistakes: Mistakes;
  /** Third-level categories by their place and name. */
  categories: { id: string; name: string; group: string }[];
  compare: (a: string, b: string) => number;
};

/** What is compared: another category or region, the figure, and the days. All of it becomes the address. */
export function CompareForm({ slug, chosen, typed, mistakes, categories, compare }: Props) {
  const t = useTranslations();
  const labels = useLabels();
  const words = useShownWords();
  const sentence = (field: Field) => (mistakes[field] ? t(`validation.${mistakes[field]}` as never) : undefined);
  const days = { from: typed.from ?? chosen.from, to: typed.to ?? chosen.to };
  const isByHand = chosen.span === null || Boolean(typed.from ?? typed.to);
  const groups = [...new Set(categories.map(({ group }) => group))].sort(compare);
  const regions = REGIONS.filter((code) => !chosen.regions.includes(code)).sort((a, b) =>
    compare(labels.region(a), labels.region(b)),
  );
  const kept = [
    ...[...chosen.categories, ...typed.categories].map((value) => ({ name: "categories", value })),
    ...[...chosen.regions, ...typed.regions].map((value) => ({ name: "regions", value })),
    { name: "window", value: chosen.window },
    ...(chosen.scale === "index" ? [{ name: "scale", value: "index" }] : []),
    ...(chosen.view === "where" ? [{ name: "view", value: "where" }] : []),
    ...(chosen.of !== null ? [{ name: "of", value: chosen.of }] : []),
    ...(chosen.span === null ? [] : [{ name: "span", value: chosen.span }]),
  ];
  return (
    <FilterForm
      // What was added stands in the list above: the fields begin anew.
      key={`${compareQuery(chosen)} ${typed.categories} ${typed.regions}`}
      action={`/t/${slug}/compare`}
      label={t("compare.filter")}
      values={{ metric: chosen.metric }}
      className="grid grid-cols-2 items-start gap-2 sm:flex sm:flex-wrap"
    >
      {kept.map(({ name, value }) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      {categories.length > MOST_GROUPED ? (
        <PickField
          slug={slug}
          label={t("compare.addCategory")}
          name="categories"
          kind="category"
          chosen={null}
          empty={t("compare.noMore")}
          className="sm:max-w-64"
          mistake={sentence("categories")}
        />
      ) : (
        <SelectField
          label={t("compare.addCategory")}
          name="categories"
          defaultValue=""
          className="sm:max-w-64"
          mistake={sentence("categories")}
        >
          <option value="">{t("compare.noMore")}</option>
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {categories
                .filter((one) => one.group === group && !chosen.categories.includes(one.id))
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </optgroup>
          ))}
        </SelectField>
      )}
      <SelectField label={t("compare.addRegion")} name="regions" defaultValue="" mistake={sentence("regions")}>
        <option value="">{t("compare.noMore")}</option>
        {regions.map((code: Region) => (
          <option key={code} value={code}>
            {labels.region(code)}
          </option>
        ))}
      </SelectField>
      <div className="max-sm:col-span-2">
        <SelectField
          label={t("compare.figure")}
          name="metric"
          defaultValue={chosen.metric}
          mistake={sentence("metric")}
        >
          {COMPARED.map((metric) => (
            <option key={metric} value={metric}>
              {words.label(metric)}
            </option>
          ))}
        </SelectField>
      </div>
      {chosen.view === "time" &&
        (["from", "to"] as const).map((field) => (
          <DateField
            key={field}
            label={t(`category.${field}`)}
            name={field}
            className="min-w-0 px-2!"
            defaultValue={isByHand ? days[field] : ""}
            mistake={sentence(field)}
          />
        ))}
      <button type="submit" className="btn max-sm:col-span-2 sm:mt-[1.22rem]">
        {t("explore.show")}
      </button>
    </FilterForm>
  );
}
