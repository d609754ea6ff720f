import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CategoryStar } from "@/app/_ui/category-star";
import { seriesKey } from "@/app/_ui/charts/compare-lines";
import { LineSample } from "@/app/_ui/charts/line-sample";
import { useLabels } from "@/app/_ui/labels";
import { slotsOf } from "@/lib/charts/slots-of";
import { categoryIdSchema, type Region, regionSchema } from "@/lib/insights/schemas";
import type { Watched } from "@/lib/tracking/watch-view";
import { type CompareAddress, compareHref, type Typed } from "./address";

type Props = {
  slug: string;
  chosen: CompareAddress;
  typed: Typed;
  nameOf: (categoryId: string) => string;
  /** Of a report: nothing is taken out of it. */
  isFixed?: boolean;
  /** What is watched of the lines; left out where that is not said. */
  watched?: Watched | null;
};

/** What is compared, each with its letter, its stroke and its colour, and a way to take it out; also what cannot be. */
export function ComparedList({ slug, chosen, typed, nameOf, isFixed = false, watched = null }: Props) {
  const t = useTranslations("compare");
  const labels = useLabels();
  const { categories, regions } = chosen;
  const isOfRegions = categories.length < 2 && regions.length > 1;
  const lines = categories.flatMap((categoryId) => regions.map((region) => ({ categoryId, region })));
  const slots = slotsOf(lines.map(seriesKey));
  const without = (categoryId: string, region: string): Partial<CompareAddress> =>
    isOfRegions
      ? { regions: regions.filter((one) => one !== region) }
      : { categories: categories.filter((one) => one !== categoryId) };
  const bad = [
    ...typed.categories.map((text) => ({ field: "categories" as const, text })),
    ...typed.regions.map((text) => ({ field: "regions" as const, text })),
  ];
  const remove = (href: string, name: string) => (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      className="row-button print:hidden"
      aria-label={t("remove", { name })}
    >
      <X size={14} aria-hidden="true" />
    </Link>
  );
  return (
    <ul aria-label={t("compared")} className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {lines.map((line, index) => {
        const name = isOfRegions ? labels.region(line.region) : nameOf(line.categoryId);
        return (
          <li key={seriesKey(line)} className="inline-flex items-center gap-1.5">
            {lines.length > 1 && <LineSample slot={slots.get(seriesKey(line)) ?? 0} index={index} />}
            <CategoryStar slug={slug} {...line} name={nameOf(line.categoryId)} watched={watched} />
            <span lang={isOfRegions ? undefined : "en"}>{name}</span>
            {!isFixed && remove(compareHref(slug, chosen, without(line.categoryId, line.region)), name)}
          </li>
        );
      })}
      {bad.map(({ field, text }) => (
        <li key={`${field} ${text}`} className="inline-flex items-center gap-1">
          <s className="tag tag-warn">{wordOf(field, text)}</s>
          {remove(withoutTyped(field, text), text)}
        </li>
      ))}
    </ul>
  );

  function wordOf(field: "categories" | "regions", text: string): string {
    if (field === "regions") return regionSchema.safeParse(text).success ? labels.region(text) : text;
    return categoryIdSchema.safeParse(text).success ? nameOf(text) : text;
  }

  /** The same page with everything that was typed but this. */
  function withoutTyped(field: "categories" | "regions", text: string): string {
    const rest = (name: "categories" | "regions") => typed[name].filter((one) => name !== field || one !== text);
    return compareHref(slug, chosen, {
      categories: [...categories, ...rest("categories")],
      regions: [...regions, ...(rest("regions") as Region[])],
    });
  }
}
