import { useTranslations } from "next-intl";
import type { Compared } from "@/lib/insights/compare-schemas";
import { signedPercent } from "@/lib/platform/format/number";

export type Changed = {
  metric: Compared;
  /** Per cent of what it was; of a rank in places, up is positive. */
  change: number | null;
  withinRounding: boolean;
  judgement?: "better" | "worse" | null;
  since: string | null;
};

/** A change in the reader's words, and since when. Its tone is direction; null is told without one. */
export type ChangeText = { tone: "up" | "down" | "flat" | null; text: string; after: string };

export function useChangeText() {
  const t = useTranslations("category");
  return ({ metric, change, withinRounding, judgement = null, since }: Changed): ChangeText => {
    if (change === null || since === null) return { tone: "flat", text: t("nothingBefore"), after: "" };
    const after = t("against", { day: since });
    if (metric === "rank") {
      if (change === 0) return { tone: null, text: t("sameRank"), after };
      return { tone: change > 0 ? "up" : "down", text: t("places", { count: Math.abs(change) }), after };
    }
    const { text, direction } = signedPercent(change) ?? { text: "", direction: "flat" as const };
    if (withinRounding) return { tone: null, text: `≈ ${text} ${t("withinRounding")}`, after: `· ${after}` };
    return { tone: direction, text, after: judgement ? `${after} · ${t(judgement)}` : after };
  };
}
