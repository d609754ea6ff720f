import { z } from "zod";
import { pictureFile, pictureQuerySchema, pictureWords, SVG } from "@/app/_ui/charts/chart-picture";
import { compareLines, letterAt } from "@/app/_ui/charts/compare-lines";
import { indexText } from "@/app/t/[team]/compare/index-text";
import { lineSvg } from "@/lib/charts/line-svg";
import { apiRoute } from "@/lib/http/api-route";
import { compareInputSchema } from "@/lib/insights/compare-schemas";
import { dayOfNumber, monthOfNumber } from "@/lib/insights/day-points";
import { isIndexable } from "@/lib/insights/index-series";
import { readComparison } from "@/lib/insights/read-comparison";
import { fullDay } from "@/lib/platform/format/date";

export const GET = apiRoute({
  summary: "The chart of a comparison as a picture, with title, legend, dates and source; never spends",
  description:
    "What is compared as of `GET /compare`, of one series too. `scale=index` draws the index where there is one. `language` is the caller's, and `theme` light, when left out.",
  permission: "insights:read",
  query: compareInputSchema.safeExtend({
    ...pictureQuerySchema.shape,
    scale: z.enum(["absolute", "index"], { error: "picture_scale_unknown" }).default("absolute"),
  }),
  response: null,
  file: SVG,
  run: async ({ ctx, query, call }) => {
    const comparison = await readComparison(ctx, query);
    const words = pictureWords(query.language ?? call.locale);
    const { t, labels, shown, locale } = words;
    const { metric, series, window, base } = comparison;
    const isIndex = query.scale === "index" && isIndexable(metric);
    const isOfRegions = query.regions.length > 1;
    const isMonth = window === "month";
    const placeText = (at: string) => (isMonth ? labels.window(at) : fullDay(at, locale));
    const nameOf = (id: string) =>
      series.find(({ categoryId }) => categoryId === id)?.name ?? t("compare.unnamed", { id });
    const [only] = query.categories;
    const chart = compareLines(comparison, isIndex ? "index" : "absolute");
    return pictureFile(ctx, query, words, ["compare", metric, query.regions.join("-"), window], {
      draw: (look) =>
        lineSvg({
          chart,
          title:
            query.categories.length === 1 && only ? `${shown.label(metric)} · ${nameOf(only)}` : shown.label(metric),
          question: [
            isOfRegions ? null : labels.region(query.regions[0] ?? ""),
            isMonth ? t("compare.months") : labels.window(window),
            words.span(comparison),
            isIndex ? t("compare.scales.index") : shown.unit(metric),
          ]
            .filter(Boolean)
            .join(" · "),
          names: series.map(({ categoryId, region }, index) => ({
            letter: letterAt(index),
            name: isOfRegions ? labels.region(region) : nameOf(categoryId),
          })),
          figureOf: (value) => (isIndex ? indexText(value, locale) : shown.value(value, metric).text),
          markOf: (at) => placeText(isMonth ? monthOfNumber(at) : dayOfNumber(at)),
          ...look,
        }),
      notes: [
        chart === null && t("compare.noValues"),
        isIndex &&
          (base === null
            ? t(isMonth ? "compare.ownBasesMonth" : "compare.ownBases")
            : t(isMonth ? "compare.baseMonth" : "compare.base", { when: placeText(base) })),
        !isIndex && isOfRegions && (metric === "cpa" || metric === "cost") && t("compare.currency"),
        t(isMonth ? "compare.linesMonths" : "compare.lines"),
      ],
      fetched: series.flatMap(({ points }) => points.map(({ fetchedAt }) => fetchedAt)),
    });
  },
});
