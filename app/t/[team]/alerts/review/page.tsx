import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeader } from "@/app/_ui/page-header";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { fullDay, moment } from "@/lib/platform/format/date";
import { readReviews } from "@/lib/reviews/read-reviews";
import { ChooseReview } from "./choose-review";
import { CommentForm } from "./comment-form";
import { ReviewFactsView } from "./review-facts";
import { SettingForm } from "./setting-form";

type Props = { params: Promise<{ team: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("reviews"))("title"),
});

export default async function WeeklyReviewPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/alerts/review");
  const [t, locale, reviews, now, mark] = await Promise.all([
    getTranslations("reviews"),
    getLocale(),
    readReviews(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { setting, isMine, readers, webhooks, coming, sent } = reviews;
  const { timeZone } = ctx.team;
  const on = (at: string) => moment(at, now, locale, timeZone);
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        <Link href={`/t/${slug}/alerts`} prefetch={false} className="btn btn-quiet self-center">
          {t("back")}
        </Link>
      </PageHeader>
      <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <section className="sheet grid min-w-0 gap-3 p-3.5" aria-labelledby="coming">
          <h2 id="coming">{t("coming")}</h2>
          <p className="text-text-2">
            {setting.isOn ? t("due", { date: on(coming.dueAt), count: readers, webhooks }) : t("off")} {t("asOfNow")}
          </p>
          {allows(ctx.member.role, "tracking:write") && (
            <CommentForm
              key={`${coming.week} ${coming.version}`}
              slug={slug}
              week={coming.week}
              comment={coming.comment}
              version={coming.version}
            />
          )}
          <div className="border-line border-t pt-3">
            <ReviewFactsView
              slug={slug}
              facts={coming.facts}
              comment={coming.comment}
              commentedBy={coming.commentedBy}
            />
          </div>
        </section>
        <div className="grid gap-3.5">
          <section className="sheet grid gap-2 p-3.5" aria-labelledby="mine">
            <h2 id="mine">{t("mine")}</h2>
            <ChooseReview slug={slug} isMine={isMine} />
            <p className="text-text-2">
              {t.rich("chats", {
                link: (words) => (
                  <Link href={`/t/${slug}/settings/webhooks`} prefetch={false} className="link">
                    {words}
                  </Link>
                ),
              })}
            </p>
          </section>
          {allows(ctx.member.role, "team:write") && (
            <section className="sheet grid gap-2 p-3.5" aria-labelledby="when">
              <h2 id="when">{t("when")}</h2>
              <SettingForm slug={slug} setting={setting} timeZone={timeZone} />
            </section>
          )}
          <section className="sheet grid gap-2 p-3.5" aria-labelledby="sent">
            <h2 id="sent">{t("sent")}</h2>
            {sent.length === 0 && <p className="text-text-2">{t("none")}</p>}
            <ul className="num grid gap-1">
              {sent.map(({ week, sentAt, ...to }) => (
                <li key={week}>
                  <Link href={`/t/${slug}/alerts/review/${week}`} prefetch={false} className="link">
                    {t("weekOf", { date: fullDay(week, locale) })}
                  </Link>{" "}
                  <span className="text-text-3">
                    {t("sentOn", { date: on(sentAt), count: to.readers, webhooks: to.webhooks })}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </>
  );
}
