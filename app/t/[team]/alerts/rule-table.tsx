import { Lock } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useAlertWords } from "@/app/_ui/alert-words";
import { useLabels } from "@/app/_ui/labels";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { AlertRule } from "@/lib/alerts/schemas";
import { MuteRule } from "./mute-rule";

type Props = { slug: string; rules: AlertRule[]; now: Date; timeZone: string; canWrite: boolean };

/** The rules: the sentence, whose it is, and how much it has told. */
export function RuleTable({ slug, rules, now, timeZone, canWrite }: Props) {
  const t = useTranslations("alerts");
  const labels = useLabels();
  const words = useAlertWords(now, timeZone);
  return (
    <ScrollRegion label={t("rulesScroll")}>
      <table className="table searches cards" aria-label={t("rules")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("tellWhen")}
            </th>
            <th scope="col" className="l">
              {t("owner")}
            </th>
            <th scope="col" className="l">
              {t("told30")}
            </th>
            <th scope="col">{t("actions")}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <th scope="row" className="name l">
                <Link
                  href={`/t/${slug}/alerts/rules/${rule.id}`}
                  prefetch={false}
                  className="link inline-block font-semibold first-letter:uppercase"
                >
                  {rule.name || words.sentence(rule)}
                </Link>
                {rule.muted && <span className="tag ml-1.5">{t("muted")}</span>}
                {rule.scopeGone && <span className="tag ml-1.5">{t("scopeGone")}</span>}
                {rule.name && (
                  <span className="block font-normal text-text-3 text-xs first-letter:uppercase">
                    {words.sentence(rule)}
                  </span>
                )}
              </th>
              <td className="person l text-text-2">
                {rule.owner?.name ?? t("ofTeam")}
                {!rule.shared && (
                  <span className="tag ml-1.5">
                    <Lock size={11} aria-hidden="true" />
                    {t("private")}
                  </span>
                )}
              </td>
              <td className="l text-text-2">
                {rule.lastFiredAt
                  ? t("toldLast", { count: rule.firedCount, age: labels.age(rule.lastFiredAt, now) })
                  : t("neverTold")}
              </td>
              <td className="next">{canWrite && <MuteRule slug={slug} id={rule.id} muted={rule.muted} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
