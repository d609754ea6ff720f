import "server-only";
import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { SEARCH_HEADER } from "@/lib/auth/caller-address";
import { currentAccount } from "@/lib/auth/current-account";
import { LANGUAGE_COOKIE, negotiateLocale } from "./locale";
import { loadMessages } from "./messages";

/**
 * What next-intl needs for a page. Only a report's address names a language, that of who will read it on paper; a team's
 * days are cut in the team's own zone.
 */
export default getRequestConfig(async () => {
  const [account, jar, given] = await Promise.all([currentAccount(), cookies(), headers()]);
  const locale = negotiateLocale({
    named: new URLSearchParams(given.get(SEARCH_HEADER) ?? "").get("language"),
    account: account?.language,
    cookie: jar.get(LANGUAGE_COOKIE)?.value,
    acceptLanguage: given.get("accept-language"),
  });
  return { locale, timeZone: "UTC", messages: loadMessages(locale) };
});
