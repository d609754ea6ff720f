import { alertWords } from "@/app/_ui/alert-words";
import { pictureFile, pictureQuerySchema, pictureWords, SVG } from "@/app/_ui/charts/chart-picture";
import { courseChart } from "@/app/t/[team]/alerts/course-chart";
import { previewCourse } from "@/lib/alerts/preview-course";
import { ruleToTry, triedRuleSchema } from "@/lib/alerts/schemas";
import { lineSvg } from "@/lib/charts/line-svg";
import { apiRoute } from "@/lib/http/api-route";
import { dayOfNumber } from "@/lib/insights/day-points";
import { fullDay } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";

export const GET = apiRoute({
  summary:
    "The stored course that a rule is tried on as a picture, each day marked on which it would have told something",
  description:
    "As drawn of `POST /alerts/rules/preview`; saves and spends nothing. `language` is the caller's, and `theme` light, when left out.",
  permission: "alerts:read",
  query: triedRuleSchema.safeExtend(pictureQuerySchema.shape),
  errors: ["key_missing"],
  response: null,
  file: SVG,
  run: async ({ ctx, query: { language, theme, ...tried }, call }) => {
    const rule = ruleToTry(tried);
    const course = await previewCourse(ctx, rule);
    const { categoryId, categoryName, region, window, metric, points, fired } = course;
    const words = pictureWords(language ?? call.locale);
    const { t, labels, shown, metricWords, locale } = words;
    const days = points.map(({ x }) => dayOfNumber(x));
    const [from = "", to = ""] = [days[0], days.at(-1)];
    const name = categoryName ?? t("category.unnamed", { id: categoryId });
    const sentences = alertWords({ t: words.alertWords, metricWords, labels, locale }, new Date(to), ctx.team.timeZone);
    const chart = courseChart(course);
    return pictureFile(ctx, { theme }, words, ["alert", categoryId, region, window], {
      draw: (look) =>
        lineSvg({
          chart,
          title: `${shown.label(metric ?? "rank")} · ${name}`,
          question: [
            labels.region(region),
            labels.window(window),
            words.span({ from, to }),
            metric ? shown.unit(metric) : null,
          ]
            .filter(Boolean)
            .join(" · "),
          names: [],
          figureOf: (value) => (metric ? shown.value(value, metric).text : `#${exactNumber(value, locale)}`),
          markOf: (at) => fullDay(dayOfNumber(at), locale),
          ...look,
        }),
      notes: [
        sentences.sentence({
          ...rule,
          categoryId,
          categoryName: name,
          region,
          window,
          watchlistId: null,
          scopeName: null,
        }),
        t("client.alerts.course", { name, count: fired.length }),
        chart && chart.gaps.length > 0 && t("category.gaps"),
      ],
      fetched: days,
    });
  },
});
