import { Bell as BellIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { NavLink } from "@/app/_ui/nav-link";
import { MOST_COUNTED } from "@/lib/notifications/schemas";

type Props = { slug: string; unread: number; className: string; compact?: boolean };

/** Leads to what one was told, and says how much of it is unread. */
export function Bell({ slug, unread, className, compact = false }: Props) {
  const t = useTranslations("notifications");
  const count = unread >= MOST_COUNTED ? `${MOST_COUNTED - 1}+` : String(unread);
  return (
    <NavLink href={`/t/${slug}/notifications`} className={className}>
      <BellIcon size={compact ? 18 : 15} aria-hidden="true" className="shrink-0 text-text-3" />
      <span className={compact ? "sr-only" : "grow"}>{t("title")}</span>
      {unread > 0 && (
        <>
          <span
            aria-hidden="true"
            className={`num grid h-4.5 min-w-4.5 place-items-center rounded-full bg-accent px-1 font-semibold text-[0.6875rem] text-accent-text ${compact ? "absolute top-0.5 right-0 ring-2 ring-panel" : ""}`}
          >
            {count}
          </span>
          <span className="sr-only">{t("bellUnread", { count })}</span>
        </>
      )}
    </NavLink>
  );
}
