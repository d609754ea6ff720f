import { useTranslations } from "next-intl";
import { Arrow, Change } from "@/app/_ui/change";
import type { Compared } from "@/lib/insights/compare-schemas";
import { signedPercent } from "@/lib/platform/format/number";

type Props = {
  metric: Compared;
  /** Per cent of what it was; of a rank in places, up is positive. */
  change: number | null;
  withinRounding: boolean;
  judgement?: "better" | "worse" | null;
  since: string | null;
};

/** Direction by arrow and colour, judgement in a word of its own. */
export function ShownChange({ metric, change, withinRounding, judgement = null, since }: Props) {
  const t = useTranslations("category");
  if (change === null || since === null) return <span className="text-text-3">{t("nothingBefore")}</span>;
  const against = t("against", { day: since });
  if (metric === "rank") {
    if (change === 0) return `${t("sameRank")} ${against}`;
    return (
      <>
        <span className={`inline-flex items-baseline gap-1 ${change > 0 ? "text-up" : "text-down"}`}>
          <Arrow direction={change > 0 ? "up" : "down"} />
          {t("places", { count: Math.abs(change) })}
        </span>{" "}
        {against}
      </>
    );
  }
  if (withinRounding) return `≈ ${signedPercent(change)?.text ?? ""} ${t("withinRounding")} · ${against}`;
  return (
    <>
      <Change pct={change} /> {against}
      {judgement && ` · ${t(judgement)}`}
    </>
  );
}
