import { useLocale, useTranslations } from "next-intl";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { deviceOf } from "@/lib/accounts/device";
import { fullMoment, moment } from "@/lib/platform/format/date";
import { MISSING } from "@/lib/platform/format/number";
import type { AuditEntry } from "@/lib/teams/audit-schemas";
import { AuditFacts } from "./audit-facts";

type Props = { items: AuditEntry[]; names: ReadonlyMap<string, string>; now: Date; timeZone: string };

/** Who did what, when and from where. An action without a name on screen is shown as it is written. */
export function AuditTable({ items, names, now, timeZone }: Props) {
  const t = useTranslations("audit");
  const locale = useLocale();
  return (
    <ScrollRegion label={t("scroll")}>
      <table className="table audit cards" aria-label={t("title")}>
        <thead>
          <tr>
            {(["when", "who", "what", "where"] as const).map((column) => (
              <th key={column} scope="col" className="l">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <tr key={entry.id}>
              <td className="when l num text-text-2">
                <time dateTime={entry.at} title={fullMoment(entry.at, locale, timeZone)}>
                  {moment(entry.at, now, locale, timeZone)}
                </time>
              </td>
              <td className="who person l">
                <Who entry={entry} />
              </td>
              <td className="what l">
                <span className="action">
                  {t.has(`actions.${entry.action}` as never) ? t(`actions.${entry.action}` as never) : entry.action}
                </span>
                <AuditFacts entry={entry} nameOf={(id) => names.get(id)} />
              </td>
              <td className="where l text-text-2">
                {entry.address ?? MISSING}
                {entry.device && (
                  <span className="block text-text-3" title={entry.device}>
                    {deviceName(entry.device)}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** A browser and its system by name, "Firefox · Windows"; a program by its own first word, "curl". */
function deviceName(userAgent: string): string {
  const { browser, system } = deviceOf(userAgent);
  return [browser, system].filter(Boolean).join(" · ") || userAgent.slice(0, 40).replace(/[\s/].*/, "");
}

function Who({ entry }: { entry: AuditEntry }) {
  const t = useTranslations("audit");
  if (!entry.member) return <span className="text-text-2">{t(`actor.${entry.actor}`)}</span>;
  return (
    <>
      {entry.member.name}
      {entry.token && <span className="block text-text-3">{t("byToken", { name: entry.token.name })}</span>}
    </>
  );
}
