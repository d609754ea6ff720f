import { readRulesPage } from "@/lib/alerts/read-rules";
import { readLimitsPage } from "@/lib/credits/read-limits";
import { readSavingsPage } from "@/lib/credits/read-savings";
import { readBreaksPage } from "@/lib/insights/read-breaks";
import { readCategoryChoice, readCategoryChoices } from "@/lib/insights/read-category-choices";
import { readCategoryNamesPage } from "@/lib/insights/read-category-names";
import { readRenewables } from "@/lib/schedules/read-renewables";
import { readPlannable, readSchedulesPage } from "@/lib/schedules/read-schedules";
import { readInvitationsPage } from "@/lib/teams/read-invitations";
import { readMembersPage } from "@/lib/teams/read-members";
import { readPeopleNamed } from "@/lib/teams/read-people";
import { readTokensPage } from "@/lib/teams/read-tokens";
import { exportSearches } from "@/lib/tracking/export-searches";
import { readImportsPage } from "@/lib/tracking/read-imports";
import { readNotesPage } from "@/lib/tracking/read-notes-page";
import { readOwnNumbersPage } from "@/lib/tracking/read-own-numbers-page";
import { readRefreshChoices } from "@/lib/tracking/read-refresh-choices";
import { readSearchesPage } from "@/lib/tracking/read-searches";
import { readWatchlistsPage } from "@/lib/tracking/read-watchlists";
import { readWebhooksNamed, readWebhooksPage } from "@/lib/webhooks/read-webhooks";
import type { OutsiderVerb } from "./outsider-target";

const LOOK = { q: "", page: 1 };

/** The pages of long tables, tried as an outsider of the team. */
export const TABLE_VERBS: Record<string, OutsiderVerb> = {
  readSearchesPage: { as: "own", call: async (ctx) => (await readSearchesPage(ctx, LOOK)).items },
  readBreaksPage: { as: "own", call: async (ctx) => (await readBreaksPage(ctx, LOOK)).items },
  readNotesPage: {
    as: "own",
    call: async (ctx) => (await readNotesPage(ctx, "777777", { look: LOOK, rows: 50 })).items,
  },
  readOwnNumbersPage: {
    as: "own",
    call: async (ctx) =>
      (await readOwnNumbersPage(ctx, "777777", { look: LOOK, regionsNamed: [], region: "US", rows: 50 })).items,
  },
  readSavingsPage: { as: "own", call: async (ctx) => (await readSavingsPage(ctx, { members: LOOK })).savings },
  readRulesPage: { as: "own", call: async (ctx) => (await readRulesPage(ctx, LOOK)).items },
  readLimitsPage: { as: "own", call: (ctx) => readLimitsPage(ctx, { members: LOOK, tokens: LOOK }) },
  readCategoryChoices: { as: "own", call: (ctx) => readCategoryChoices(ctx) },
  readCategoryChoice: { as: "own", call: (ctx) => readCategoryChoice(ctx, "777777") },
  readCategoryNamesPage: { as: "own", call: async (ctx) => (await readCategoryNamesPage(ctx, LOOK)).items },
  readRenewables: { as: "own", call: (ctx, { searchId }) => readRenewables(ctx, searchId) },
  readPlannable: { as: "own", call: (ctx) => readPlannable(ctx) },
  readSchedulesPage: { as: "own", call: async (ctx) => (await readSchedulesPage(ctx, LOOK)).items },
  readInvitationsPage: { as: "own", call: async (ctx) => (await readInvitationsPage(ctx, LOOK)).items },
  readMembersPage: { as: "own", call: async (ctx) => (await readMembersPage(ctx, LOOK)).items },
  readPeopleNamed: { as: "own", call: (ctx, { memberId }) => readPeopleNamed(ctx, [memberId]) },
  readTokensPage: { as: "own", call: async (ctx) => (await readTokensPage(ctx, LOOK)).items },
  readImportsPage: { as: "own", call: async (ctx) => (await readImportsPage(ctx, LOOK)).items },
  readRefreshChoices: {
    as: "own",
    call: (ctx, { listId, searchId }) =>
      readRefreshChoices(ctx, [listId], { watchlists: [listId], searches: [searchId] }),
  },
  readWatchlistsPage: { as: "own", call: async (ctx) => (await readWatchlistsPage(ctx, LOOK)).items },
  readWebhooksPage: { as: "own", call: async (ctx) => (await readWebhooksPage(ctx, LOOK)).items },
  readWebhooksNamed: { as: "own", call: (ctx, { webhookId }) => readWebhooksNamed(ctx, [webhookId]) },
  exportSearches: { as: "own", call: (ctx) => exportSearches(ctx).next() },
};
