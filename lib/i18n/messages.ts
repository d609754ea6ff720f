import "server-only";
import type { Messages as Catalogue } from "next-intl";
import { readyMessages } from "@/lib/platform/format/ready-messages";
import en from "@/messages/en.json";
import accountsEn from "@/messages/parts/accounts.en.json";
import accountsZh from "@/messages/parts/accounts.zh-CN.json";
import alertsEn from "@/messages/parts/alerts.en.json";
import alertsZh from "@/messages/parts/alerts.zh-CN.json";
import apiEn from "@/messages/parts/api.en.json";
import apiZh from "@/messages/parts/api.zh-CN.json";
import auditEn from "@/messages/parts/audit.en.json";
import auditZh from "@/messages/parts/audit.zh-CN.json";
import categoryEn from "@/messages/parts/category.en.json";
import categoryZh from "@/messages/parts/category.zh-CN.json";
import compareEn from "@/messages/parts/compare.en.json";
import compareZh from "@/messages/parts/compare.zh-CN.json";
import filesEn from "@/messages/parts/files.en.json";
import filesZh from "@/messages/parts/files.zh-CN.json";
import firstStepsEn from "@/messages/parts/first-steps.en.json";
import firstStepsZh from "@/messages/parts/first-steps.zh-CN.json";
import helpEn from "@/messages/parts/help.en.json";
import helpZh from "@/messages/parts/help.zh-CN.json";
import historyEn from "@/messages/parts/history.en.json";
import historyZh from "@/messages/parts/history.zh-CN.json";
import importsEn from "@/messages/parts/imports.en.json";
import importsZh from "@/messages/parts/imports.zh-CN.json";
import keysEn from "@/messages/parts/keys.en.json";
import keysZh from "@/messages/parts/keys.zh-CN.json";
import limitsEn from "@/messages/parts/limits.en.json";
import limitsZh from "@/messages/parts/limits.zh-CN.json";
import mailEn from "@/messages/parts/mail.en.json";
import mailZh from "@/messages/parts/mail.zh-CN.json";
import metricsEn from "@/messages/parts/metrics.en.json";
import metricsZh from "@/messages/parts/metrics.zh-CN.json";
import monthsEn from "@/messages/parts/months.en.json";
import monthsZh from "@/messages/parts/months.zh-CN.json";
import movedEn from "@/messages/parts/moved.en.json";
import movedZh from "@/messages/parts/moved.zh-CN.json";
import movingEn from "@/messages/parts/moving.en.json";
import movingZh from "@/messages/parts/moving.zh-CN.json";
import notesEn from "@/messages/parts/notes.en.json";
import notesZh from "@/messages/parts/notes.zh-CN.json";
import notificationsEn from "@/messages/parts/notifications.en.json";
import notificationsZh from "@/messages/parts/notifications.zh-CN.json";
import offlineEn from "@/messages/parts/offline.en.json";
import offlineZh from "@/messages/parts/offline.zh-CN.json";
import ownNumbersEn from "@/messages/parts/own-numbers.en.json";
import ownNumbersZh from "@/messages/parts/own-numbers.zh-CN.json";
import providerChangesEn from "@/messages/parts/provider-changes.en.json";
import providerChangesZh from "@/messages/parts/provider-changes.zh-CN.json";
import receiptsEn from "@/messages/parts/receipts.en.json";
import receiptsZh from "@/messages/parts/receipts.zh-CN.json";
import refreshEn from "@/messages/parts/refresh.en.json";
import refreshZh from "@/messages/parts/refresh.zh-CN.json";
import reportsEn from "@/messages/parts/reports.en.json";
import reportsZh from "@/messages/parts/reports.zh-CN.json";
import reviewsEn from "@/messages/parts/reviews.en.json";
import reviewsZh from "@/messages/parts/reviews.zh-CN.json";
import savingsEn from "@/messages/parts/savings.en.json";
import savingsZh from "@/messages/parts/savings.zh-CN.json";
import schedulesEn from "@/messages/parts/schedules.en.json";
import schedulesZh from "@/messages/parts/schedules.zh-CN.json";
import searchesEn from "@/messages/parts/searches.en.json";
import searchesZh from "@/messages/parts/searches.zh-CN.json";
import sourceCheckEn from "@/messages/parts/source-check.en.json";
import sourceCheckZh from "@/messages/parts/source-check.zh-CN.json";
import statementEn from "@/messages/parts/statement.en.json";
import statementZh from "@/messages/parts/statement.zh-CN.json";
import tablesEn from "@/messages/parts/tables.en.json";
import tablesZh from "@/messages/parts/tables.zh-CN.json";
import teamsEn from "@/messages/parts/teams.en.json";
import teamsZh from "@/messages/parts/teams.zh-CN.json";
import tokensEn from "@/messages/parts/tokens.en.json";
import tokensZh from "@/messages/parts/tokens.zh-CN.json";
import trackingEn from "@/messages/parts/tracking.en.json";
import trackingZh from "@/messages/parts/tracking.zh-CN.json";
import unsettledEn from "@/messages/parts/unsettled.en.json";
import unsettledZh from "@/messages/parts/unsettled.zh-CN.json";
import usageEn from "@/messages/parts/usage.en.json";
import usageZh from "@/messages/parts/usage.zh-CN.json";
import watchlistsEn from "@/messages/parts/watchlists.en.json";
import watchlistsZh from "@/messages/parts/watchlists.zh-CN.json";
import webhooksEn from "@/messages/parts/webhooks.en.json";
import webhooksZh from "@/messages/parts/webhooks.zh-CN.json";
import zh from "@/messages/zh-CN.json";
import type { Locale } from "./locale";

export type Messages = { [key: string]: string | Messages };

const PARTS: Record<Locale, Messages[]> = {
  en: [
    en,
    accountsEn,
    alertsEn,
    apiEn,
    categoryEn,
    filesEn,
    firstStepsEn,
    helpEn,
    compareEn,
    historyEn,
    auditEn,
    importsEn,
    keysEn,
    limitsEn,
    metricsEn,
    mailEn,
    monthsEn,
    movedEn,
    movingEn,
    notesEn,
    notificationsEn,
    offlineEn,
    ownNumbersEn,
    providerChangesEn,
    receiptsEn,
    refreshEn,
    reportsEn,
    sourceCheckEn,
    statementEn,
    unsettledEn,
    usageEn,
    reviewsEn,
    schedulesEn,
    savingsEn,
    searchesEn,
    tablesEn,
    teamsEn,
    tokensEn,
    trackingEn,
    watchlistsEn,
    webhooksEn,
  ],
  "zh-CN": [
    zh,
    accountsZh,
    alertsZh,
    apiZh,
    categoryZh,
    filesZh,
    firstStepsZh,
    helpZh,
    compareZh,
    historyZh,
    auditZh,
    importsZh,
    keysZh,
    limitsZh,
    metricsZh,
    mailZh,
    monthsZh,
    movedZh,
    movingZh,
    notesZh,
    notificationsZh,
    offlineZh,
    ownNumbersZh,
    providerChangesZh,
    receiptsZh,
    refreshZh,
    reportsZh,
    sourceCheckZh,
    statementZh,
    unsettledZh,
    usageZh,
    reviewsZh,
    schedulesZh,
    savingsZh,
    searchesZh,
    tablesZh,
    teamsZh,
    tokensZh,
    trackingZh,
    watchlistsZh,
    webhooksZh,
  ],
};

function merge(into: Messages, part: Messages): Messages {
  for (const [key, value] of Object.entries(part)) {
    const before = into[key];
    into[key] =
      typeof value === "object" && typeof before === "object"
        ? merge(before, value)
        : typeof value === "object"
          ? merge({}, value)
          : value;
  }
  return into;
}

const merged = new Map<Locale, Messages>();

/** Every message of a language, as one tree and ready to be formatted; made once. */
export function loadMessages(locale: Locale): Messages {
  const known = merged.get(locale);
  if (known) return known;
  const messages = readyMessages(PARTS[locale].reduce(merge, {}));
  merged.set(locale, messages);
  return messages;
}

/** A group of what components in the browser say. */
export type ClientWords = keyof Catalogue["client"];

const clients = new Map<string, string>();

/** What components in the browser say, as JSON: every group, or those named. The rest of the catalogue stays here. */
export function clientWords(locale: Locale, ...groups: ClientWords[]): string {
  const key = [locale, ...groups].join();
  const known = clients.get(key);
  if (known) return known;
  const all = loadMessages(locale).client as Messages;
  const named = Object.fromEntries(groups.map((group) => [group, all[group]]));
  const json = JSON.stringify({ client: groups.length > 0 ? named : all });
  clients.set(key, json);
  return json;
}
