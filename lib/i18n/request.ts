import "server-only";
import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { currentAccount } from "@/lib/auth/current-account";
import { LANGUAGE_COOKIE, negotiateLocale } from "./locale";
import { loadMessages } from "./messages";

/** What next-intl needs for a page. No language stands in the address; a team's days are cut in the team's own zone. */
export default getRequestConfig(async () => {
  const [account, jar, given] = await Promise.all([currentAccount(), cookies(), headers()]);
  const locale = negotiateLocale({
    account: account?.language,
    cookie: jar.get(LANGUAGE_COOKIE)?.value,
    acceptLanguage: given.get("accept-language"),
  });
  return { locale, timeZone: "UTC", messages: loadMessages(locale) };
});
