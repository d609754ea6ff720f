import { pictureFile, pictureQuerySchema, pictureWords, SVG } from "@/app/_ui/charts/chart-picture";
import { BARS_TITLES, barNames, usageBars } from "@/app/t/[team]/credits/usage-bars";
import { barsSvg } from "@/lib/charts/bars-svg";
import { readUsage } from "@/lib/credits/read-usage";
import { SHARE, SPAN_REVERSED, spanInOrder, usageFilterSchema } from "@/lib/credits/schemas";
import { apiRoute } from "@/lib/http/api-route";
import { fullDay } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";

export const GET = apiRoute({
  summary: "Credits by day and member as a picture, with title, legend and selection; never spends",
  description:
    "The selection as of `GET /credits/summary`; more than 45 days are drawn by week, more than 60 weeks by month. `language` is the caller's, and `theme` light, when left out.",
  permission: "credits:read",
  query: usageFilterSchema.extend(pictureQuerySchema.shape).refine(spanInOrder, SPAN_REVERSED),
  response: null,
  file: SVG,
  run: async ({ ctx, query: { language, theme, ...filter }, call }) => {
    const by = filter.search ? "search" : filter.token ? "token" : "member";
    const usage = await readUsage(ctx, { ...filter, by });
    const words = pictureWords(language ?? call.locale);
    const { t, labels, locale } = words;
    const chart = usageBars(usage);
    const named = (key: string | undefined) => key && (usage.groups.find((group) => group.key === key)?.name ?? key);
    const question = [
      words.span(usage),
      filter.member === SHARE
        ? t("credits.share")
        : filter.member && (usage.people.find(({ id }) => id === filter.member)?.name ?? filter.member),
      filter.purpose && t(`credits.purposes.${filter.purpose}`),
      filter.outcome && t(`credits.outcomes.${filter.outcome}`),
      filter.region && labels.region(filter.region),
      named(filter.token),
      named(filter.search),
      labels.credits(usage.spent),
    ];
    return pictureFile(ctx, { theme }, words, ["credits", usage.from, usage.to], {
      fetched: [],
      draw: (look) =>
        barsSvg({
          chart,
          title: t(`usage.chart.${BARS_TITLES[chart.unit]}`),
          question: question.filter(Boolean).join(" · "),
          nameOf: barNames(usage, { schedules: t("usage.chart.schedules"), others: t("usage.chart.others") }),
          figureOf: (value) => exactNumber(value, locale),
          markOf: ({ from }) => fullDay(from, locale),
          ...look,
        }),
      notes: [
        chart.series.length === 0 && t("usage.chart.empty"),
        usage.visibility !== "all" && t(`usage.visibility.${usage.onlyOwn ? "onlyOwn" : usage.visibility}`),
      ],
    });
  },
});
