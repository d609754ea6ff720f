import Link from "next/link";
import { useLocale } from "next-intl";
import { useAlertWords } from "@/app/_ui/alert-words";
import type { Alert } from "@/lib/alerts/schemas";
import { fullMoment, moment } from "@/lib/platform/format/date";

type Props = { slug: string; alerts: Alert[]; now: Date; timeZone: string };

/** What the rules told, newest first; each leads to its own page. */
export function AlertList({ slug, alerts, now, timeZone }: Props) {
  const locale = useLocale();
  const words = useAlertWords(now, timeZone);
  return (
    <ul>
      {alerts.map((alert) => (
        <li key={alert.id} className="grid gap-0.5 border-line border-t px-3.5 py-2.5 first:border-t-0">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3">
            <Link href={`/t/${slug}/alerts/${alert.id}`} prefetch={false} className="wrap-anywhere link font-semibold">
              {words.title(alert)}
            </Link>
            <time
              dateTime={alert.firedAt}
              title={fullMoment(alert.firedAt, locale, timeZone)}
              className="num text-text-3 text-xs"
            >
              {moment(alert.firedAt, now, locale, timeZone)}
            </time>
          </p>
          <p className="num text-text-2">
            {[...words.facts(alert), ...words.ofRule(alert.ruleName)].map((fact, index) => (
              <span key={fact}>
                {index > 0 && " · "}
                <span className="inline-block">{fact}</span>
              </span>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
