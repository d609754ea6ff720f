import { useTranslations } from "next-intl";
import type { Shown } from "@/lib/insights/category-tiles";
import { useShownWords } from "./shown-words";

/** What the chart shows, with its unit and its trap. */
export function ShownTitle({ shown }: { shown: Shown }) {
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
