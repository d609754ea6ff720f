import { useLocale, useTranslations } from "next-intl";
import { TOP_CATEGORIES, topCategoryName } from "@/lib/insights/category-names";
import type { Category } from "@/lib/insights/schemas";

type Props = { categories: Category[]; selected: string | null };
type Group = { label: string; items: { id: string; name: string }[] };

/**
 * Third-level categories learned from what the team fetched, grouped by their first level; then the first levels
 * themselves, which the vendor's page shows as an example but does not document.
 */
export function CategoryOptions({ categories, selected }: Props) {
  const t = useTranslations("explore");
  const locale = useLocale();
  const compare = new Intl.Collator(locale).compare;
  const groups = groupByTop(categories, locale, t("otherGroup")).sort((a, b) => compare(a.label, b.label));
  const tops = TOP_CATEGORIES.map((top) => ({ id: top.id, name: locale === "zh-CN" ? top.zh : top.en })).sort((a, b) =>
    compare(a.name, b.name),
  );
  const isListed =
    selected === null || tops.some(({ id }) => id === selected) || groups.some((group) => holds(group, selected));
  return (
    <>
      {!isListed && selected && <option value={selected}>{t("unknownCategory", { id: selected })}</option>}
      {groups.map(({ label, items }) => (
        <optgroup key={label} label={label}>
          {items
            .sort((a, b) => compare(a.name, b.name))
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </optgroup>
      ))}
      <optgroup label={t("topGroup")}>
        {tops.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </optgroup>
    </>
  );
}

const holds = (group: Group, id: string) => group.items.some((item) => item.id === id);

function groupByTop(categories: Category[], locale: string, other: string): Group[] {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const groups = new Map<string, Group>();
  for (const category of categories) {
    if (category.level !== 3) continue;
    const parent = byId.get(category.parentId ?? "");
    const top = byId.get(parent?.parentId ?? "");
    const label = top?.name ? topCategoryName(top.name, locale) : other;
    const group = groups.get(label) ?? { label, items: [] };
    group.items.push({ id: category.id, name: category.ownName ?? category.name ?? category.id });
    groups.set(label, group);
  }
  return [...groups.values()];
}
