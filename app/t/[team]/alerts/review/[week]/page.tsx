import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeader } from "@/app/_ui/page-header";
import { pageMissing } from "@/app/_ui/page-missing";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { ReviewFactsView } from "@/app/t/[team]/alerts/review/review-facts";
import { fullDay, moment } from "@/lib/platform/format/date";
import { readSentReview } from "@/lib/reviews/read-reviews";
import { weekSchema } from "@/lib/reviews/schemas";

type Props = { params: Promise<{ team: string; week: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("reviews"))("title"),
});

export default async function SentReviewPage({ params }: Props) {
  const { team: slug, week: given } = await params;
  const ctx = await requireTeam(slug, `/alerts/review/${given}`);
  const week = weekSchema.safeParse(given);
  const review = week.success ? await readSentReview(ctx, week.data).catch(pageMissing) : notFound();
  const [t, locale, now, mark] = await Promise.all([getTranslations("reviews"), getLocale(), pageNow(), dataMark(ctx)]);
  const date = moment(review.sentAt, now, locale, ctx.team.timeZone);
  return (
    <>
      <PageHeader
        title={t("weekOf", { date: fullDay(review.week, locale) })}
        subtitle={t("sentOn", { date, count: review.readers, webhooks: review.webhooks })}
        mark={mark}
      >
        <Link href={`/t/${slug}/alerts/review`} prefetch={false} className="btn btn-quiet self-center">
          {t("title")}
        </Link>
      </PageHeader>
      <section className="sheet max-w-[52rem] p-3.5">
        <ReviewFactsView slug={slug} facts={review.facts} comment={review.comment} commentedBy={review.commentedBy} />
      </section>
    </>
  );
}
