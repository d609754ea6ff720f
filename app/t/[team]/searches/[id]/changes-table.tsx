import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CategoryName } from "@/app/_ui/category-name";
import { Arrow } from "@/app/_ui/change";
import { FIGURES, figureText } from "@/app/_ui/metric-columns";
import { MetricHead } from "@/app/_ui/metric-head";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { topCategoryName } from "@/lib/insights/category-names";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import type { Metric } from "@/lib/insights/schemas";
import { MISSING, signedPercent, signedPoints } from "@/lib/platform/format/number";
import type { FigureChange, RowChange } from "@/lib/tracking/compare-rankings";

const COLUMNS = ["posts", "postsChangePct", ...FIGURES.map(({ metric }) => metric)] as const;

type Props = {
  changes: RowChange[];
  /** The team's own names, by category. */
  ownNames: ReadonlyMap<string, string>;
  hrefOf: (categoryId: string) => string;
  starOf: (categoryId: string, name: string) => ReactNode;
};

/** Each category's move and each figure's difference; below a figure stands how it moved. */
export function ChangesTable({ changes, ownNames, hrefOf, starOf }: Props) {
  const t = useTranslations();
  return (
    <ScrollRegion label={t("searches.changes.scroll")} className="overflow-x-auto">
      <table className="table ranking changes" aria-label={t("searches.changes.title")}>
        <thead>
          <tr>
            <MetricHead column="position" className="rank" />
            <MetricHead column="category" className="cat" />
            <th scope="col">{t("searches.changes.move")}</th>
            {COLUMNS.map((metric) => (
              <MetricHead key={metric} column={metric} />
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <ChangeRow
              key={change.categoryId}
              change={change}
              ownName={ownNames.get(change.categoryId) ?? null}
              href={hrefOf(change.categoryId)}
              starOf={starOf}
            />
          ))}
        </tbody>
      </table>
      <p className="border-line border-t px-3 py-2 text-text-3">{t("searches.changes.legend")}</p>
    </ScrollRegion>
  );
}

type RowProps = { change: RowChange; ownName: string | null; href: string; starOf: Props["starOf"] };

function ChangeRow({ change, ownName, href, starOf }: RowProps) {
  const t = useTranslations();
  const locale = useLocale();
  const row = change.after ?? change.before;
  if (!row) return null;
  const [top, ...rest] = row.path.slice(0, -1);
  const providers = row.path.at(-1) ?? change.categoryId;
  const name = ownName ?? providers;
  const below = [top && topCategoryName(top, locale), ...rest, ownName && providers].filter(Boolean).join(" › ");
  return (
    <tr>
      <td className="rank">{change.after?.position ?? MISSING}</td>
      <th scope="row" className="cat">
        <span className="flex items-center gap-1">
          <span className="min-w-0 grow">
            <span className="name" lang={ownName === null ? "en" : undefined}>
              <CategoryName name={name} href={href} />
            </span>
            <span className="path">{below}</span>
          </span>
          {starOf(change.categoryId, name)}
        </span>
      </th>
      <td>
        <Move change={change} />
      </td>
      {COLUMNS.map((metric) => (
        <td key={metric}>
          <span className={change.after ? "" : "text-text-3"}>{figureText(row[metric], metric, locale).text}</span>
          <span className="block text-[0.71875rem] leading-tight">
            <Difference
              figure={change.figures[metric]}
              metric={metric}
              rounding={t("searches.changes.withinRounding")}
            />
          </span>
        </td>
      ))}
    </tr>
  );
}

function Move({ change }: { change: RowChange }) {
  const t = useTranslations("searches.changes");
  const { kind, moved, before } = change;
  if (kind === "new") return <span className="tag tag-good">{t("new")}</span>;
  if (kind === "gone") return <span className="tag">{t("gone", { was: before?.position ?? MISSING })}</span>;
  if (!moved) return <span className="text-text-3">{t("same")}</span>;
  return (
    <span className={`inline-flex items-baseline gap-1 ${moved > 0 ? "text-up" : "text-down"}`}>
      <Arrow direction={moved > 0 ? "up" : "down"} />
      {t("moved", { places: Math.abs(moved), was: before?.position ?? MISSING })}
    </span>
  );
}

/** Rates move by points, everything else in per cent of what it was. */
function Difference({ figure, metric, rounding }: { figure: FigureChange; metric: Metric; rounding: string }) {
  const { kind } = METRIC_DICTIONARY[metric];
  const { before, difference, withinRounding } = figure;
  if (difference === null) return <span className="text-text-3">{MISSING}</span>;
  const change =
    kind === "rate" || kind === "change"
      ? signedPoints(difference)
      : before
        ? signedPercent((difference / before) * 100)
        : null;
  if (!change) return <span className="text-text-3">{MISSING}</span>;
  if (withinRounding) {
    return (
      <span className="text-text-3" title={rounding}>
        ≈ {change.text}
        <span className="sr-only"> {rounding}</span>
      </span>
    );
  }
  const tone = { up: "text-up", down: "text-down", flat: "text-text-3" }[change.direction];
  return <span className={tone}>{change.text}</span>;
}
