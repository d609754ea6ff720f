import { useTranslations } from "next-intl";
import type { Compared } from "@/lib/insights/compare-schemas";
import { useShownWords } from "./shown-words";

/** What the chart shows, with its unit and its trap. */
export function ShownTitle({ shown }: { shown: Compared }) {
  const t = useTranslations("metric");
  const words = useShownWords();
  return (
    <>
      <h2>{words.label(shown)}</h2>
      <span className="text-text-3" title={t(`${shown === "rank" ? "position" : shown}.trap`)}>
        {words.unit(shown)}
      </span>
    </>
  );
}
