import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { categoryHref } from "@/app/_ui/category-href";
import { CategoryStar } from "@/app/_ui/category-star";
import { Opened } from "@/app/_ui/opened";
import { PageHeader } from "@/app/_ui/page-header";
import { pageMissing } from "@/app/_ui/page-missing";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { HistoryChart } from "@/app/t/[team]/categories/[id]/history-chart";
import { readAlert } from "@/lib/alerts/read-alerts";
import { type Alert, PLACE_CONDITIONS } from "@/lib/alerts/schemas";
import type { TeamContext } from "@/lib/auth/context";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import type { Metric } from "@/lib/insights/schemas";
import { isoDate } from "@/lib/platform/format/date";
import { readWatched } from "@/lib/tracking/read-watched";
import { AlertTitle } from "./alert-title";
import { BeforeAndAfter } from "./before-and-after";

type Props = { params: Promise<{ team: string; id: string }> };

const CHART_DAYS = 90;
const DAY_MS = 86_400_000;

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("alerts"))("alertTitle"),
});

export default async function AlertPage({ params }: Props) {
  const { team: slug, id: given } = await params;
  const ctx = await requireTeam(slug, `/alerts/${given}`);
  const id = z.uuid().safeParse(given);
  const alert = id.success ? await readAlert(ctx, id.data).catch(pageMissing) : notFound();
  const [t, history, watched, now, mark] = await Promise.all([
    getTranslations("alerts"),
    readCourse(ctx, alert),
    readWatched(ctx, [alert]),
    pageNow(),
    dataMark(ctx),
  ]);
  const { timeZone } = ctx.team;
  const shown = PLACE_CONDITIONS.includes(alert.condition) ? "rank" : courseOf(alert.metric);
  const { region, window } = alert;
  const name = alert.categoryName ?? t("unnamed", { id: alert.categoryId });
  return (
    <>
      <PageHeader above={{ slug, section: "alerts" }} title={t("alertTitle")} mark={mark}>
        <Link href={`/t/${slug}/alerts/rules/${alert.ruleId}`} prefetch={false} className="btn btn-quiet self-center">
          {t("toRule")}
        </Link>
        <Link
          href={categoryHref(slug, alert.categoryId, { region, window })}
          prefetch={false}
          className="btn self-center"
        >
          {t("toCategory")}
        </Link>
        <CategoryStar slug={slug} categoryId={alert.categoryId} region={region} name={name} watched={watched} />
      </PageHeader>
      <div className="grid gap-3.5">
        <section className="sheet min-w-0 p-3.5">
          <AlertTitle alert={alert} now={now} timeZone={timeZone} />
          <Opened slug={slug} receiptIds={[alert.oldReceiptId, alert.newReceiptId].filter((id) => id !== null)} />
          <BeforeAndAfter slug={slug} alert={alert} now={now} timeZone={timeZone} />
        </section>
        <section className="sheet min-w-0 p-3.5" aria-labelledby="course">
          <h2 id="course" className="mb-2.5">
            {t("chart")}
          </h2>
          <HistoryChart chosen={{ window, shown }} history={history} name={name} now={now} timeZone={timeZone} />
        </section>
      </div>
    </>
  );
}

/** A category's page draws no course of the provider's own change: that of the popularity says the same. */
const courseOf = (metric: Metric | null) => (metric === null || metric === "postsChangePct" ? "posts" : metric);

/** The course as it was stored at the moment of the alert: what came later is left out. */
async function readCourse(ctx: TeamContext, { categoryId, region, window, newAt }: Alert) {
  const { timeZone } = ctx.team;
  const history = await readCategoryHistory(ctx, categoryId, {
    region,
    window,
    from: isoDate(new Date(Date.parse(newAt) - CHART_DAYS * DAY_MS), timeZone),
    to: isoDate(newAt, timeZone),
  });
  return { ...history, points: history.points.filter(({ fetchedAt }) => fetchedAt <= newAt) };
}
