import { useTranslations } from "next-intl";
import { DateField } from "@/app/_ui/date-field";
import { FilterForm } from "@/app/_ui/filter-form";
import { Options } from "@/app/_ui/options";
import { SelectField } from "@/app/_ui/select-field";
import { TabLink } from "@/app/_ui/tab-link";
import { type CategoryAddress, categoryViewHref, type Mistakes, spansOf } from "./address";

type Props = {
  slug: string;
  id: string;
  chosen: CategoryAddress;
  typed: { from?: string; to?: string };
  mistakes: Mistakes;
  /** `Option[]` as JSON, in the order of their names. */
  regionsJson: string;
};

/** Ready-made spans, days by hand, and any region: whatever is chosen stands in the address. */
export function SpanForm({ slug, id, chosen, typed, mistakes, regionsJson }: Props) {
  const t = useTranslations();
  const values = { region: chosen.region, from: typed.from ?? chosen.from, to: typed.to ?? chosen.to };
  const sentence = (field: keyof Mistakes) =>
    mistakes[field] ? t(`validation.${mistakes[field]}` as never) : undefined;
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <nav aria-label={t("category.span")} className="flex flex-wrap gap-0.5">
        {spansOf(chosen.window).map((span) => (
          <TabLink key={span} href={categoryViewHref(slug, id, chosen, { span })} isOn={span === chosen.span}>
            {t(`category.spans.${span}`)}
          </TabLink>
        ))}
      </nav>
      <span className="grow" />
      <FilterForm
        action={`/t/${slug}/categories/${id}`}
        label={t("category.filter")}
        values={values}
        className="grid grid-cols-2 items-start gap-2 max-sm:w-full sm:flex sm:flex-wrap"
      >
        <input type="hidden" name="window" value={chosen.window} />
        <input type="hidden" name="metric" value={chosen.shown} />
        <div className="max-sm:col-span-2">
          <SelectField
            label={t("explore.region")}
            name="region"
            defaultValue={values.region}
            mistake={sentence("region")}
          >
            <Options optionsJson={regionsJson} />
          </SelectField>
        </div>
        {(["from", "to"] as const).map((field) => (
          <DateField
            key={field}
            label={t(`category.${field}`)}
            name={field}
            className="min-w-0 px-2!"
            defaultValue={values[field]}
            mistake={sentence(field)}
          />
        ))}
        <button type="submit" className="btn max-sm:col-span-2 sm:mt-[1.22rem]">
          {t("explore.show")}
        </button>
      </FilterForm>
    </div>
  );
}
