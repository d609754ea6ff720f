import type messages from "@/messages/en.json";
import type accounts from "@/messages/parts/accounts.en.json";
import type alerts from "@/messages/parts/alerts.en.json";
import type audit from "@/messages/parts/audit.en.json";
import type category from "@/messages/parts/category.en.json";
import type compare from "@/messages/parts/compare.en.json";
import type files from "@/messages/parts/files.en.json";
import type firstSteps from "@/messages/parts/first-steps.en.json";
import type help from "@/messages/parts/help.en.json";
import type history from "@/messages/parts/history.en.json";
import type imports from "@/messages/parts/imports.en.json";
import type keys from "@/messages/parts/keys.en.json";
import type limits from "@/messages/parts/limits.en.json";
import type mail from "@/messages/parts/mail.en.json";
import type metrics from "@/messages/parts/metrics.en.json";
import type months from "@/messages/parts/months.en.json";
import type moved from "@/messages/parts/moved.en.json";
import type moving from "@/messages/parts/moving.en.json";
import type notes from "@/messages/parts/notes.en.json";
import type notifications from "@/messages/parts/notifications.en.json";
import type offline from "@/messages/parts/offline.en.json";
import type ownNumbers from "@/messages/parts/own-numbers.en.json";
import type providerChanges from "@/messages/parts/provider-changes.en.json";
import type receipts from "@/messages/parts/receipts.en.json";
import type refresh from "@/messages/parts/refresh.en.json";
import type reports from "@/messages/parts/reports.en.json";
import type reviews from "@/messages/parts/reviews.en.json";
import type savings from "@/messages/parts/savings.en.json";
import type schedules from "@/messages/parts/schedules.en.json";
import type searches from "@/messages/parts/searches.en.json";
import type sourceCheck from "@/messages/parts/source-check.en.json";
import type statement from "@/messages/parts/statement.en.json";
import type tables from "@/messages/parts/tables.en.json";
import type teams from "@/messages/parts/teams.en.json";
import type tokens from "@/messages/parts/tokens.en.json";
import type tracking from "@/messages/parts/tracking.en.json";
import type unsettled from "@/messages/parts/unsettled.en.json";
import type usage from "@/messages/parts/usage.en.json";
import type watchlists from "@/messages/parts/watchlists.en.json";
import type webhooks from "@/messages/parts/webhooks.en.json";

declare module "next-intl" {
  interface AppConfig {
    Locale: "en" | "zh-CN";
    Messages: typeof messages &
      typeof accounts &
      typeof alerts &
      typeof category &
      typeof files &
      typeof firstSteps &
      typeof help &
      typeof compare &
      typeof history &
      typeof audit &
      typeof imports &
      typeof keys &
      typeof limits &
      typeof metrics &
      typeof mail &
      typeof months &
      typeof moved &
      typeof moving &
      typeof notes &
      typeof notifications &
      typeof offline &
      typeof ownNumbers &
      typeof providerChanges &
      typeof receipts &
      typeof refresh &
      typeof reports &
      typeof sourceCheck &
      typeof statement &
      typeof unsettled &
      typeof usage &
      typeof reviews &
      typeof schedules &
      typeof savings &
      typeof searches &
      typeof tables &
      typeof teams &
      typeof tokens &
      typeof tracking &
      typeof watchlists &
      typeof webhooks;
  }
}
