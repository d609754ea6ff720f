import { useLocale, useTranslations } from "next-intl";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { fullMoment, moment } from "@/lib/platform/format/date";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import type { Token } from "@/lib/teams/token-schemas";
import { RevokeToken } from "./revoke-token";

type Props = { tokens: Token[]; slug: string; withMembers: boolean; now: Date; timeZone: string };

/** Tokens with what they may, what they spent of their limit, when they were last used, and the way to end each. */
export function TokenTable({ tokens, slug, withMembers, now, timeZone }: Props) {
  const t = useTranslations("tokens");
  const locale = useLocale();
  const at = (iso: string | null, none: string) =>
    iso ? (
      <time dateTime={iso} title={fullMoment(iso, locale, timeZone)}>
        {moment(iso, now, locale, timeZone)}
      </time>
    ) : (
      none
    );
  return (
    <ScrollRegion label={t("title")} className="overflow-x-auto">
      <table className="table" aria-label={t("title")}>
        <thead>
          <tr>
            <th scope="col" className="l pl-3.5!">
              {t("name")}
            </th>
            <th scope="col" className="l">
              {t("scope")}
            </th>
            <th scope="col">{t("spent")}</th>
            <th scope="col">{t("lastUsed")}</th>
            <th scope="col">{t("expires")}</th>
            <th scope="col">
              <span className="sr-only">{t("actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.id} className={token.state === "valid" ? "" : "text-text-3"}>
              <th scope="row" className="l max-w-56 pl-3.5! font-medium! text-[0.8125rem]! text-text!">
                <span className="block truncate">{token.name}</span>
                <span className="num block truncate font-normal text-text-3 text-xs">
                  {withMembers && `${token.member.name} · `}
                  {t("ending", { lastFour: token.lastFour })}
                </span>
              </th>
              <td className="l">
                {t(token.effectiveScope === "read" ? "scopes.read" : "scopes.spend")}
                {token.effectiveScope !== token.scope && (
                  <span className="block text-text-3 text-xs">{t("byRole")}</span>
                )}
              </td>
              <td>
                {exactNumber(token.spent + token.held, locale)}
                <span className="block text-text-3 text-xs">
                  {token.limitCredits === null
                    ? t("noLimit")
                    : t("ofLimit", { limit: exactNumber(token.limitCredits, locale) })}
                </span>
              </td>
              <td>{at(token.lastUsedAt, t("unused"))}</td>
              <td>{token.state === "valid" ? at(token.expiresAt, MISSING) : <StateTag state={token.state} />}</td>
              <td>{token.state === "valid" && <RevokeToken slug={slug} id={token.id} name={token.name} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function StateTag({ state }: { state: "expired" | "revoked" }) {
  const t = useTranslations("tokens");
  return <span className="tag">{t(`state.${state}`)}</span>;
}
