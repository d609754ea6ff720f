import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { Notification } from "@/lib/notifications/schemas";
import { day, fullMoment, time } from "@/lib/platform/format/date";
import { dayGroups } from "./day-groups";
import { MarkRead } from "./mark-read";
import { type Reader, useNoticeWords } from "./notice-words";

type Props = { slug: string; items: Notification[]; reader: Reader };

/** What one was told, by day, newest first; what is unread stands out and can be marked. */
export function NoticeList({ slug, items, reader }: Props) {
  const t = useTranslations("notifications");
  const locale = useLocale();
  return (
    <div className="grid max-w-[52rem] gap-4">
      {dayGroups(items, reader.now, reader.timeZone).map((group) => (
        <section key={group.day} className="sheet min-w-0">
          <h2 className="px-3.5 pt-2.5 pb-1.5 text-text-2 text-xs!">
            {group.name ? t(group.name) : day(`${group.day}T12:00:00Z`, reader.now, locale, "UTC")}
          </h2>
          <ul>
            {group.items.map((notice) => (
              <NoticeRow key={notice.id} slug={slug} notice={notice} reader={reader} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function NoticeRow({ slug, notice, reader }: { slug: string; notice: Notification; reader: Reader }) {
  const t = useTranslations("notifications");
  const locale = useLocale();
  const { title, facts } = useNoticeWords(reader)(notice);
  const isUnread = notice.readAt === null;
  // A team that practises reads so above the list; a live one needs to know what is left from before.
  const isSandbox = "upstream" in notice.facts && notice.facts.upstream === "sandbox" && reader.upstream !== "sandbox";
  return (
    <li className="grid grid-cols-[0.5rem_minmax(0,1fr)_auto] items-start gap-x-2.5 border-line border-t px-3.5 py-2.5">
      <span className={`mt-1.5 size-2 rounded-full ${isUnread ? "bg-accent" : ""}`}>
        {isUnread && <span className="sr-only">{t("unread")}</span>}
      </span>
      <div className="grid min-w-0 gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <Link
            href={`/t/${slug}${notice.link}`}
            prefetch={false}
            className={`wrap-anywhere hover:underline ${isUnread ? "font-semibold" : ""}`}
          >
            {title}
          </Link>
          {isSandbox && <span className="tag tag-sandbox">{t("sandbox")}</span>}
        </p>
        <p className="num text-text-2">
          {facts.map((fact, index) => (
            <span key={fact}>
              <span className="inline-block">
                {fact}
                {index < facts.length - 1 && " ·"}
              </span>{" "}
            </span>
          ))}
        </p>
      </div>
      <div className="grid justify-items-end gap-0.5">
        <time
          dateTime={notice.createdAt}
          title={fullMoment(notice.createdAt, locale, reader.timeZone)}
          className="num text-text-3 text-xs leading-[1.6]"
        >
          {time(notice.createdAt, locale, reader.timeZone)}
        </time>
        {isUnread && <MarkRead slug={slug} id={notice.id} title={title} />}
      </div>
    </li>
  );
}
