import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { figureText } from "@/app/_ui/metric-columns";
import type { ProviderBreak } from "@/lib/insights/break-schemas";
import type { Metric } from "@/lib/insights/schemas";
import { exactNumber } from "@/lib/platform/format/number";

type Changed = Pick<ProviderBreak, "kind" | "metric" | "factor">;

/** What changed in the provider's answers, in the reader's language. */
export function useBreakWords() {
  const t = useTranslations("providerChanges");
  const metricWords = useTranslations("metric");
  const locale = useLocale();
  const labels = useLabels();
  const metricName = (metric: Metric | null) => (metric ? metricWords(`${metric}.label`) : "");
  const rounded = (value: number) => exactNumber(Number(value.toPrecision(3)), locale);
  return {
    title: ({ kind, metric }: Changed): string => t(`titleOf.${kind}`, { metric: metricName(metric) }),
    sentence: (one: Changed & Pick<ProviderBreak, "was" | "is">): string => {
      const { kind, metric, factor, was, is } = one;
      const isDown = kind === "unit" && factor !== null && factor < 1;
      const words = {
        metric: metricName(metric),
        was: rounded(was),
        is: rounded(is),
        factor: rounded(factor === null ? 1 : isDown ? 1 / factor : factor),
      };
      const said = t(`sentence.${isDown ? "unitDown" : kind}`, words);
      if (kind !== "unit" || metric === null) return said;
      const [old, now] = [was, is].map((value) => figureText(Number(value.toPrecision(3)), metric, locale).text);
      return `${said} · ${t("middle", { was: old ?? "", is: now ?? "" })}`;
    },
    where: ({ region, window, categoryId, categoryName, q, page, metric }: ProviderBreak): string =>
      metric === null
        ? labels.question({ region, window, category: categoryId, q, page }, { categoryName })
        : labels.question({ region, window }),
  };
}
