import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateField } from "@/app/_ui/date-field";
import { FilterForm } from "@/app/_ui/filter-form";
import { useLabels } from "@/app/_ui/labels";
import { PickField } from "@/app/_ui/pick-field";
import { SelectField } from "@/app/_ui/select-field";
import { TabLink } from "@/app/_ui/tab-link";
import { ENTRY_OUTCOMES, PURPOSES, SHARE, type Usage } from "@/lib/credits/schemas";
import { MOST_OPTIONS } from "@/lib/insights/choices";
import { creditsHref, type Field, type Mistakes, type Shown } from "./address";

type Props = {
  slug: string;
  shown: Shown;
  typed: Partial<Record<Field, string>>;
  mistakes: Mistakes;
  usage: Usage;
};

const DAY_MS = 86_400_000;

/** The selection as fields of the address, ready-made spans before them, and what was chosen in a table behind. */
export function UsageFilter({ slug, shown, typed, mistakes, usage }: Props) {
  const t = useTranslations("usage");
  const credits = useTranslations("credits");
  const validation = useTranslations("validation");
  const labels = useLabels();
  const { period, people } = usage;
  const sentence = (field: Field) => (mistakes[field] ? validation(mistakes[field] as never) : undefined);
  const { from, to, ...others } = shown.filter;
  const weekAgo = new Date(Date.parse(period.today) - 6 * DAY_MS).toISOString().slice(0, 10);
  const presets = [
    ["period", {}],
    ["previous", { from: period.previous.from, to: period.previous.to }],
    ["week", { from: weekAgo, to: period.today }],
    ["today", { from: period.today, to: period.today }],
  ] as const;
  const picked = [
    ["region", t("table.by.region"), shown.filter.region && labels.region(shown.filter.region)],
    ["token", t("table.by.token"), shown.filter.token && nameOf(shown.filter.token)],
    ["search", t("table.by.search"), shown.filter.search && nameOf(shown.filter.search)],
  ] as const;
  const isFiltered = Object.values(shown.filter).some(Boolean);
  const known = (options: readonly string[], field: Field) =>
    typed[field] && !options.includes(typed[field]) ? <option value={typed[field]}>{typed[field]}</option> : null;

  return (
    <div className="sheet mb-3.5 grid gap-2 p-2.5">
      <nav aria-label={t("presets")} className="flex flex-wrap gap-0.5">
        {presets.map(([name, span]) => (
          <TabLink
            key={name}
            href={creditsHref(slug, { ...shown, cursor: undefined, filter: { ...others, ...span } })}
            isOn={isSpan(span)}
          >
            {t(`preset.${name}`)}
          </TabLink>
        ))}
      </nav>
      <FilterForm
        action={`/t/${slug}/credits`}
        label={t("filters")}
        values={{
          from: typed.from ?? usage.from,
          to: typed.to ?? usage.to,
          member: typed.member ?? "",
          purpose: typed.purpose ?? "",
          outcome: typed.outcome ?? "",
        }}
        className="grid grid-cols-2 items-start gap-2 sm:flex sm:flex-wrap"
      >
        {(["from", "to"] as const).map((field) => (
          <div key={field} className="min-w-0 sm:w-36">
            <DateField
              label={t(field)}
              name={field}
              className="min-w-0 px-2!"
              defaultValue={typed[field] ?? usage[field]}
              mistake={sentence(field)}
            />
          </div>
        ))}
        <div className="max-sm:col-span-2 sm:w-44">
          {people.length > MOST_OPTIONS ? (
            <PickField
              key={typed.member ?? ""}
              slug={slug}
              label={credits("filterMember")}
              name="member"
              kind="person"
              chosen={typed.member ? { value: typed.member, name: personName(typed.member) } : null}
              empty={credits("everybody")}
              mistake={sentence("member")}
            />
          ) : (
            <SelectField
              label={credits("filterMember")}
              name="member"
              defaultValue={typed.member ?? ""}
              mistake={sentence("member")}
            >
              <option value="">{credits("everybody")}</option>
              {known([SHARE, ...people.map(({ id }) => id)], "member")}
              <option value={SHARE}>{credits("share")}</option>
              {people.map(({ id, name, removed }) => (
                <option key={id} value={id}>
                  {removed ? `${name} (${t("table.former")})` : name}
                </option>
              ))}
            </SelectField>
          )}
        </div>
        <div className="sm:w-40">
          <SelectField
            label={t("purpose")}
            name="purpose"
            defaultValue={typed.purpose ?? ""}
            mistake={sentence("purpose")}
          >
            <option value="">{t("everyPurpose")}</option>
            {known(PURPOSES, "purpose")}
            {PURPOSES.map((purpose) => (
              <option key={purpose} value={purpose}>
                {credits(`purposes.${purpose}`)}
              </option>
            ))}
          </SelectField>
        </div>
        <div className="sm:w-36">
          <SelectField
            label={t("outcome")}
            name="outcome"
            defaultValue={typed.outcome ?? ""}
            mistake={sentence("outcome")}
          >
            <option value="">{t("everyOutcome")}</option>
            {known(ENTRY_OUTCOMES, "outcome")}
            {ENTRY_OUTCOMES.map((outcome) => (
              <option key={outcome} value={outcome}>
                {credits(`outcomes.${outcome}`)}
              </option>
            ))}
          </SelectField>
        </div>
        {picked.map(([field]) =>
          shown.filter[field] ? <input key={field} type="hidden" name={field} value={shown.filter[field]} /> : null,
        )}
        {shown.by !== "member" && <input type="hidden" name="by" value={shown.by} />}
        {shown.free && <input type="hidden" name="free" value="1" />}
        <button type="submit" className="btn max-sm:col-span-2 sm:mt-[1.22rem]">
          {t("show")}
        </button>
        {isFiltered && (
          <Link
            href={creditsHref(slug, { ...shown, cursor: undefined, filter: {} })}
            prefetch={false}
            scroll={false}
            className="btn btn-quiet max-sm:col-span-2 sm:mt-[1.22rem]"
          >
            {t("clear")}
          </Link>
        )}
      </FilterForm>
      {picked.some(([, , name]) => name) && (
        <p className="flex flex-wrap gap-2">
          {picked.map(([field, what, name]) =>
            name ? (
              <Link
                key={field}
                href={creditsHref(slug, {
                  ...shown,
                  cursor: undefined,
                  filter: { ...shown.filter, [field]: undefined },
                })}
                prefetch={false}
                scroll={false}
                aria-label={t("remove", { name: t("only", { what, name }) })}
                className="tag hover:text-text"
              >
                {t("only", { what, name })} <span aria-hidden="true">×</span>
              </Link>
            ) : null,
          )}
        </p>
      )}
    </div>
  );

  function isSpan(span: { from?: string; to?: string }): boolean {
    const [first, last] = [span.from ?? period.from, span.to ?? period.to];
    return usage.from === first && usage.to === last;
  }
  function personName(id: string): string {
    if (id === SHARE) return credits("share");
    return people.find((one) => one.id === id)?.name ?? id;
  }

  function nameOf(key: string): string {
    const group = usage.groups.find((one) => one.key === key);
    return group && group.name !== key ? group.name : key.slice(0, 8);
  }
}
