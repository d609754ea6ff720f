import { z } from "zod";
import { pictureFile, pictureQuerySchema, pictureWords, SVG } from "@/app/_ui/charts/chart-picture";
import { letterAt } from "@/app/_ui/charts/compare-lines";
import { historyLines, IMPORTED, OWN } from "@/app/_ui/charts/history-lines";
import { lineSvg } from "@/lib/charts/line-svg";
import { apiRoute } from "@/lib/http/api-route";
import { COMPARED } from "@/lib/insights/compare-schemas";
import { dayOfNumber, monthOfNumber } from "@/lib/insights/day-points";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { fullDay } from "@/lib/platform/format/date";
import { readImported } from "@/lib/tracking/read-imported";
import { readOwnNumbers } from "@/lib/tracking/read-own-numbers";

export const GET = apiRoute({
  summary: "The course of one figure of a category as a picture, with title, dates and source; never spends",
  description:
    "The days as of `GET /categories/{id}/history`. With `window=month` the team's own numbers are drawn beside the provider's. `language` is the caller's, and `theme` light, when left out.",
  permission: "insights:read",
  params: z.object({ id: categoryIdSchema }),
  query: z.object({
    ...historyInputSchema.shape,
    ...pictureQuerySchema.shape,
    metric: z.enum(COMPARED, { error: "compare_metric_unknown" }).default("posts"),
  }),
  response: null,
  file: SVG,
  run: async ({ ctx, params: { id }, query, call }) => {
    const { region, window, metric } = query;
    const [facts, history, numbers] = await Promise.all([
      readCategory(ctx, id),
      readCategoryHistory(ctx, id, query),
      readOwnNumbers(ctx, id),
    ]);
    const imported = await readImported(ctx, id, history);
    const words = pictureWords(query.language ?? call.locale);
    const { t, labels, shown, locale } = words;
    const lines = historyLines(history, numbers.items, metric, ctx.team.timeZone, imported);
    const { chart, known, independent, own, isImported } = lines;
    const isMonth = window === "month";
    const nameOf = (key: string) => {
      if (key === IMPORTED) return t("imports.line");
      if (key !== OWN) return t("ownNumbers.provider");
      return own?.currency ? t("ownNumbers.oursIn", { currency: own.currency }) : t("ownNumbers.ours");
    };
    return pictureFile(ctx, query, words, ["category", id, region, window, metric], {
      draw: (look) =>
        lineSvg({
          chart,
          title: `${shown.label(metric)} · ${facts.name ?? t("category.unnamed", { id })}`,
          question: [
            labels.region(region),
            isMonth ? t("compare.months") : labels.window(window),
            words.span(history),
            shown.unit(metric),
          ].join(" · "),
          names: [metric, ...(own ? [OWN] : []), ...(isImported ? [IMPORTED] : [])].map((key, index) => ({
            letter: letterAt(index),
            name: nameOf(key),
          })),
          figureOf: (value) => shown.value(value, metric).text,
          markOf: (at) => (isMonth ? labels.window(monthOfNumber(at)) : fullDay(dayOfNumber(at), locale)),
          ...look,
        }),
      notes: [
        chart === null && t(`category.noneOf.${metric === "rank" ? "rank" : "figure"}`),
        known > 0 && t("category.points", { count: known, unit: isMonth ? "month" : "day" }),
        chart &&
          !isMonth &&
          independent < known &&
          t("category.independent", { count: independent, window: labels.windowInText(window) }),
        chart && chart.gaps.length > 0 && t("category.gaps"),
        history.cut && t("category.cut"),
        own && t("ownNumbers.warning"),
        isImported && t("imports.warning"),
      ],
      fetched: history.points.map(({ fetchedAt }) => fetchedAt),
    });
  },
});
