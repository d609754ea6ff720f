import { useTranslations } from "next-intl";
import type { Compared } from "@/lib/insights/compare-schemas";
import { useShownWords } from "./shown-words";

type Props = {
  shown: Compared;
  /** The chart draws an index of it, which has no unit. */
  isIndex?: boolean;
};

/** What the chart shows, with its unit and its trap. */
export function ShownTitle({ shown, isIndex = false }: Props) {
  const t = useTranslations("metric");
  const scales = useTranslations("compare.scales");
  const words = useShownWords();
  return (
    <>
      <h2>{words.label(shown)}</h2>
      <span className="text-text-3" title={t(`${shown === "rank" ? "position" : shown}.trap`)}>
        {isIndex ? scales("index") : words.unit(shown)}
      </span>
    </>
  );
}
