import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { TabLink } from "@/app/_ui/tab-link";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow, teamUnread } from "@/app/t/[team]/_shell/team-facts";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { MarkRead } from "./mark-read";
import { NoticeList } from "./notice-list";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("notifications"))("title"),
});

export default async function NotificationsPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/notifications");
  const unread = address.unread === "true";
  const cursor = typeof address.cursor === "string" ? address.cursor : undefined;
  const [t, { items, nextCursor }, unreadCount, now, mark] = await Promise.all([
    getTranslations("notifications"),
    // A cursor that somebody cut short is no reason for a broken page: show the newest.
    readNotifications(ctx, { unread, cursor }).catch(() => readNotifications(ctx, { unread })),
    teamUnread(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const here = `/t/${slug}/notifications`;
  const shown = unread ? { unread: "true" } : undefined;
  const { timeZone, upstream } = ctx.team;
  const reader = { memberId: ctx.member.id, now, timeZone, upstream };

  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        <Link href={`/t/${slug}/alerts`} prefetch={false} className="btn self-center">
          {t("alertRules")}
        </Link>
      </PageHeader>
      <div className="mb-3 flex max-w-[52rem] flex-wrap items-center justify-between gap-2">
        <nav aria-label={t("show")} className="flex gap-0.5">
          <TabLink href={here} isOn={!unread} scroll>
            {t("showAll")}
          </TabLink>
          <TabLink href={`${here}?unread=true`} isOn={unread} scroll>
            {t("showUnread")}
          </TabLink>
        </nav>
        {unreadCount > 0 && <MarkRead slug={slug} />}
      </div>
      {items.length > 0 ? (
        <NoticeList slug={slug} items={items} reader={reader} />
      ) : (
        <section className="sheet max-w-[52rem]">
          <EmptyState title={t(unread ? "emptyUnreadTitle" : "emptyTitle")}>
            <p>{t(unread ? "emptyUnreadText" : "emptyText")}</p>
          </EmptyState>
        </section>
      )}
      {(cursor || nextCursor) && (
        <footer className="mt-3 flex max-w-[52rem] justify-between gap-3">
          {cursor ? (
            <Link href={`${here}?${new URLSearchParams(shown)}`} prefetch={false} className="btn btn-quiet">
              {t("newest")}
            </Link>
          ) : (
            <span />
          )}
          {nextCursor && (
            <Link
              href={`${here}?${new URLSearchParams({ ...shown, cursor: nextCursor })}`}
              prefetch={false}
              rel="next"
              className="btn"
            >
              {t("older")}
            </Link>
          )}
        </footer>
      )}
    </>
  );
}
