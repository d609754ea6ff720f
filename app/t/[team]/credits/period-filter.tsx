import { useTranslations } from "next-intl";
import { FilterForm } from "@/app/_ui/filter-form";
import { SelectField } from "@/app/_ui/select-field";

type Period = { from: string; to: string };
type Props = {
  /** The page that shows a period. */
  action: string;
  shown: string;
  periods: Period[];
  span: (period: Period) => string;
  className?: string;
};

/** Which period with credits a page shows. */
export function PeriodFilter({ action, shown, periods, span, className = "" }: Props) {
  const t = useTranslations("statement");
  return (
    <FilterForm
      action={action}
      label={t("filters")}
      values={{ period: shown }}
      className={`flex flex-wrap items-end gap-2 ${className}`}
    >
      <SelectField label={t("periodLabel")} name="period" defaultValue={shown}>
        {periods.map((one) => (
          <option key={one.from} value={one.from}>
            {span(one)}
          </option>
        ))}
      </SelectField>
      <button type="submit" className="btn">
        {t("show")}
      </button>
    </FilterForm>
  );
}
