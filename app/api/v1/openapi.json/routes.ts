import * as account from "@/app/api/v1/account/route";
import * as signIn from "@/app/api/v1/account/sign-in/route";
import * as signOut from "@/app/api/v1/account/sign-out/route";
import * as signUp from "@/app/api/v1/account/sign-up/route";
import * as categories from "@/app/api/v1/categories/route";
import * as creditBalance from "@/app/api/v1/credits/balance/route";
import * as creditEntries from "@/app/api/v1/credits/entries/route";
import * as rawRetention from "@/app/api/v1/credits/raw-retention/route";
import * as settleRequest from "@/app/api/v1/credits/requests/[id]/settle/route";
import * as settleRequests from "@/app/api/v1/credits/requests/settle/route";
import * as creditSummary from "@/app/api/v1/credits/summary/route";
import * as insights from "@/app/api/v1/insights/route";
import * as key from "@/app/api/v1/key/route";
import * as keySandbox from "@/app/api/v1/key/sandbox/route";
import * as keyTest from "@/app/api/v1/key/test/route";
import * as me from "@/app/api/v1/me/route";
import * as notificationsRead from "@/app/api/v1/notifications/read/route";
import * as notifications from "@/app/api/v1/notifications/route";
import * as receiptRaw from "@/app/api/v1/receipts/[id]/raw/route";
import * as receipts from "@/app/api/v1/receipts/[id]/route";
import * as teams from "@/app/api/v1/teams/route";
import type { RouteFile } from "@/lib/http/openapi";

/** Every route of the HTTP API; a test compares this list with the files. */
export const ROUTES: RouteFile[] = [
  { path: "/me", handlers: me },
  { path: "/insights", handlers: insights },
  { path: "/categories", handlers: categories },
  { path: "/credits/summary", handlers: creditSummary },
  { path: "/credits/entries", handlers: creditEntries },
  { path: "/credits/requests/settle", handlers: settleRequests },
  { path: "/credits/requests/{id}/settle", handlers: settleRequest },
  { path: "/credits/raw-retention", handlers: rawRetention },
  { path: "/receipts/{id}", handlers: receipts },
  { path: "/receipts/{id}/raw", handlers: receiptRaw },
  { path: "/credits/balance", handlers: creditBalance },
  { path: "/key", handlers: key },
  { path: "/key/sandbox", handlers: keySandbox },
  { path: "/key/test", handlers: keyTest },
  { path: "/notifications", handlers: notifications },
  { path: "/notifications/read", handlers: notificationsRead },
  { path: "/teams", handlers: teams },
  { path: "/account", handlers: account },
  { path: "/account/sign-up", handlers: signUp },
  { path: "/account/sign-in", handlers: signIn },
  { path: "/account/sign-out", handlers: signOut },
];
