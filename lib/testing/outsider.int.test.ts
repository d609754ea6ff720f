import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createRule } from "@/lib/alerts/create-rule";
import { deleteRule } from "@/lib/alerts/delete-rule";
import { exportAlerts } from "@/lib/alerts/export-alerts";
import { muteRule } from "@/lib/alerts/mute-rule";
import { previewCourse } from "@/lib/alerts/preview-course";
import { previewRule } from "@/lib/alerts/preview-rule";
import { readAlert, readAlerts } from "@/lib/alerts/read-alerts";
import { readPreference } from "@/lib/alerts/read-preference";
import { readRule, readRules } from "@/lib/alerts/read-rules";
import { restoreRule } from "@/lib/alerts/restore-rule";
import { savePreference } from "@/lib/alerts/save-preference";
import { alertRuleInputSchema } from "@/lib/alerts/schemas";
import { updateRule } from "@/lib/alerts/update-rule";
import { askForMore } from "@/lib/credits/ask-for-more";
import { changeLimits } from "@/lib/credits/change-limits";
import { countUnsettled } from "@/lib/credits/count-unsettled";
import { declineMore } from "@/lib/credits/decline-more";
import { enterTopUp } from "@/lib/credits/enter-top-up";
import { exportEntries } from "@/lib/credits/export-entries";
import { grantMore } from "@/lib/credits/grant-more";
import { readAsks } from "@/lib/credits/read-asks";
import { readBalanceNow } from "@/lib/credits/read-balance-now";
import { readCreditPrice } from "@/lib/credits/read-credit-price";
import { readCreditSettings } from "@/lib/credits/read-credit-settings";
import { readEntries } from "@/lib/credits/read-entries";
import { readLeft } from "@/lib/credits/read-left";
import { readLimits } from "@/lib/credits/read-limits";
import { readLog } from "@/lib/credits/read-log";
import { readPeriod } from "@/lib/credits/read-period";
import { readReconciliation } from "@/lib/credits/read-reconciliation";
import { readSavings } from "@/lib/credits/read-savings";
import { readStatement } from "@/lib/credits/read-statement";
import { readSummary } from "@/lib/credits/read-summary";
import { readUnsettled } from "@/lib/credits/read-unsettled";
import { readUsage } from "@/lib/credits/read-usage";
import { settleByHand } from "@/lib/credits/settle-by-hand";
import { settleMany } from "@/lib/credits/settle-many";
import { stateBalance } from "@/lib/credits/state-balance";
import { tellLeft } from "@/lib/credits/tell-left";
import { updateCreditSettings } from "@/lib/credits/update-credit-settings";
import { withdrawAsk } from "@/lib/credits/withdraw-ask";
import { buyPage } from "@/lib/insights/buy-page";
import { compareInputSchema } from "@/lib/insights/compare-schemas";
import { exportAnswers } from "@/lib/insights/export-answers";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { judgeBreak } from "@/lib/insights/judge-break";
import { noteOpened } from "@/lib/insights/note-opened";
import { pasteCategoryNames } from "@/lib/insights/paste-category-names";
import { readAnswer } from "@/lib/insights/read-answer";
import { readBreaks, readOpenBreaks } from "@/lib/insights/read-breaks";
import { readCategories } from "@/lib/insights/read-categories";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { readCategoryNames } from "@/lib/insights/read-category-names";
import { readCategoryNow } from "@/lib/insights/read-category-now";
import { readComparison } from "@/lib/insights/read-comparison";
import { readFreshness } from "@/lib/insights/read-freshness";
import { readMonthlySeries } from "@/lib/insights/read-monthly-series";
import { readAssembled, readRanking } from "@/lib/insights/read-ranking";
import { readRawAnswer } from "@/lib/insights/read-raw-answer";
import { readRawRetention } from "@/lib/insights/read-raw-retention";
import { readRawRow } from "@/lib/insights/read-raw-row";
import { readReceipt } from "@/lib/insights/read-receipt";
import { readReceiptIds } from "@/lib/insights/read-receipt-ids";
import { readRecentAnswers } from "@/lib/insights/read-recent-answers";
import { readRegions } from "@/lib/insights/read-regions";
import { readStoredPages } from "@/lib/insights/read-stored-pages";
import { saveCategoryName } from "@/lib/insights/save-category-name";
import { questionSchema } from "@/lib/insights/schemas";
import { testKey } from "@/lib/insights/test-key";
import { countUnread } from "@/lib/notifications/count-unread";
import { markRead } from "@/lib/notifications/mark-read";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { chooseReview } from "@/lib/reviews/choose-review";
import { gatherFacts } from "@/lib/reviews/gather-facts";
import { readReviews, readSentReview } from "@/lib/reviews/read-reviews";
import { saveComment } from "@/lib/reviews/save-comment";
import { saveReviewSetting } from "@/lib/reviews/save-setting";
import { createSchedule } from "@/lib/schedules/create-schedule";
import { deleteSchedule } from "@/lib/schedules/delete-schedule";
import { exportSlots } from "@/lib/schedules/export-slots";
import { pauseSchedules } from "@/lib/schedules/pause-schedules";
import { planRenewal } from "@/lib/schedules/plan-renewal";
import { planSchedules } from "@/lib/schedules/plan-schedules";
import { readPlan } from "@/lib/schedules/read-plan";
import { readSchedule, readSchedules, readSlots } from "@/lib/schedules/read-schedules";
import { readSourceHours } from "@/lib/schedules/read-source-hours";
import { runSchedule } from "@/lib/schedules/run-schedule";
import { createScheduleSchema } from "@/lib/schedules/schemas";
import { undoPlan } from "@/lib/schedules/undo-plan";
import { updateSchedule } from "@/lib/schedules/update-schedule";
import { createOwnToken } from "@/lib/teams/create-own-token";
import { exportAudit } from "@/lib/teams/export-audit";
import { leaveFilters } from "@/lib/teams/leave-filters";
import { readAudit } from "@/lib/teams/read-audit";
import { readFilters } from "@/lib/teams/read-filters";
import { readKey } from "@/lib/teams/read-key";
import { readKeys } from "@/lib/teams/read-keys";
import { readPeople } from "@/lib/teams/read-people";
import { readTokens } from "@/lib/teams/read-tokens";
import { removeKey } from "@/lib/teams/remove-key";
import { revokeToken } from "@/lib/teams/revoke-token";
import { saveKey } from "@/lib/teams/save-key";
import { useKey } from "@/lib/teams/use-key";
import { useSandbox } from "@/lib/teams/use-sandbox";
import { addWatchItem } from "@/lib/tracking/add-watch-item";
import { backfillCategory, backfillSearch } from "@/lib/tracking/backfill";
import { checkSource } from "@/lib/tracking/check-source";
import { chooseFirstSteps } from "@/lib/tracking/choose-first-steps";
import { createNote } from "@/lib/tracking/create-note";
import { createOwnNumber } from "@/lib/tracking/create-own-number";
import { createSearch } from "@/lib/tracking/create-search";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { deleteNote } from "@/lib/tracking/delete-note";
import { deleteOwnNumber } from "@/lib/tracking/delete-own-number";
import { deleteSearch } from "@/lib/tracking/delete-search";
import { deleteWatchlist } from "@/lib/tracking/delete-watchlist";
import { exportWatchlist } from "@/lib/tracking/export-watchlist";
import { fillBrief } from "@/lib/tracking/fill-brief";
import { fillRegions } from "@/lib/tracking/fill-regions";
import { findThings } from "@/lib/tracking/find-things";
import { importHistory } from "@/lib/tracking/import-history";
import { markReviewed } from "@/lib/tracking/mark-reviewed";
import { movementsInputSchema } from "@/lib/tracking/movement-schemas";
import { createNoteSchema } from "@/lib/tracking/note-schemas";
import { pasteOwnNumbers } from "@/lib/tracking/paste-own-numbers";
import { pasteOwnNumbersSchema } from "@/lib/tracking/paste-own-schemas";
import { pasteWatchItems } from "@/lib/tracking/paste-watch-items";
import { prepareRefresh } from "@/lib/tracking/prepare-refresh";
import { readCategoryBackfill, readSearchBackfill } from "@/lib/tracking/read-backfill";
import { readBriefNeeds } from "@/lib/tracking/read-brief-needs";
import { readChanges } from "@/lib/tracking/read-changes";
import { readFirstSteps } from "@/lib/tracking/read-first-steps";
import { readImportPoints } from "@/lib/tracking/read-import-points";
import { readImported } from "@/lib/tracking/read-imported";
import { readImports } from "@/lib/tracking/read-imports";
import { readMovementScopes } from "@/lib/tracking/read-movement-scopes";
import { readMovements } from "@/lib/tracking/read-movements";
import { readNotes } from "@/lib/tracking/read-notes";
import { readOwnNumbers } from "@/lib/tracking/read-own-numbers";
import { readRefresh, readRefreshOrAnew } from "@/lib/tracking/read-refresh";
import { readRefreshRun } from "@/lib/tracking/read-refresh-run";
import { readRegionsFill } from "@/lib/tracking/read-regions-fill";
import { readRun } from "@/lib/tracking/read-run";
import { readRuns } from "@/lib/tracking/read-runs";
import { readSearchMonths } from "@/lib/tracking/read-search-months";
import { readSearch, readSearches } from "@/lib/tracking/read-searches";
import { readSourceChecks } from "@/lib/tracking/read-source-checks";
import { readSourcePlan } from "@/lib/tracking/read-source-plan";
import { readStale } from "@/lib/tracking/read-stale";
import { readWatched } from "@/lib/tracking/read-watched";
import { readWatchlist } from "@/lib/tracking/read-watchlist";
import { readWatchlistItems } from "@/lib/tracking/read-watchlist-items";
import { readWatchlists } from "@/lib/tracking/read-watchlists";
import { readWholeWatchlist } from "@/lib/tracking/read-whole-watchlist";
import { refreshWatchlists } from "@/lib/tracking/refresh-watchlists";
import { removeImport, restoreImport } from "@/lib/tracking/remove-import";
import { removeWatchItem } from "@/lib/tracking/remove-watch-item";
import { restoreSearch } from "@/lib/tracking/restore-search";
import { restoreWatchlist } from "@/lib/tracking/restore-watchlist";
import { runSearch } from "@/lib/tracking/run-search";
import { createWatchlistSchema } from "@/lib/tracking/schemas";
import { startRun } from "@/lib/tracking/start-run";
import { stopRun } from "@/lib/tracking/stop-run";
import { unmarkReviewed } from "@/lib/tracking/unmark-reviewed";
import { updateNote } from "@/lib/tracking/update-note";
import { updateOwnNumber } from "@/lib/tracking/update-own-number";
import { updateSearch } from "@/lib/tracking/update-search";
import { updateWatchItem } from "@/lib/tracking/update-watch-item";
import { updateWatchlist } from "@/lib/tracking/update-watchlist";
import { watchViewInputSchema } from "@/lib/tracking/watch-view";
import { makeTeam } from "./factories";
import { makeMarkedTeam, ownNumber, rowsOf, runOrder, searchInput, sheetOf, watched } from "./marked-team";
import { MEMBERSHIP_VERBS } from "./outsider-of-members";
import { TABLE_VERBS } from "./outsider-of-tables";
import { WEBHOOK_VERBS } from "./outsider-of-webhooks";
import type { MarkedTeam, OutsiderVerb, Target } from "./outsider-target";
import { ask, purchases } from "./purchases";
import { withoutTeamFilters } from "./team-filters";

const ruleOver = ({ listId }: Target) =>
  alertRuleInputSchema.parse({ condition: "is_new", watchlistId: listId, name: "mark-rule" });

const numberOf = ({ numberId }: Target) => ({ categoryId: "777777", numberId });

const noteOf = ({ noteId }: Target) => ({ categoryId: "777777", noteId });

/**
 * Each verb that takes a context, called by the owner of another team who knows every id. `refused` throws, `own`
 * answers with that team's own, which never holds a mark of the target. A verb without an entry fails the test.
 */
const VERBS: Record<string, OutsiderVerb> = {
  ...MEMBERSHIP_VERBS,
  ...WEBHOOK_VERBS,
  ...TABLE_VERBS,
  buyPage: {
    as: "own",
    call: (ctx) =>
      buyPage(ctx, ask(), {
        idempotencyKey: "mark-7",
        purpose: "explore",
      }),
  },
  createRule: { as: "refused", call: (ctx, target) => createRule(ctx, ruleOver(target)) },
  previewRule: { as: "refused", call: (ctx, target) => previewRule(ctx, ruleOver(target)) },
  previewCourse: { as: "refused", call: (ctx, target) => previewCourse(ctx, ruleOver(target)) },
  readRules: { as: "own", call: (ctx) => readRules(ctx) },
  readRule: { as: "refused", call: (ctx, { ruleId }) => readRule(ctx, ruleId) },
  updateRule: {
    as: "refused",
    call: (ctx, target) => updateRule(ctx, target.ruleId, { ...ruleOver(target), version: 1 }),
  },
  muteRule: { as: "refused", call: (ctx, { ruleId }) => muteRule(ctx, ruleId, { muted: true }) },
  deleteRule: { as: "refused", call: (ctx, { ruleId }) => deleteRule(ctx, ruleId) },
  restoreRule: { as: "refused", call: (ctx, { ruleId }) => restoreRule(ctx, ruleId) },
  readPreference: { as: "own", call: (ctx) => readPreference(ctx) },
  savePreference: { as: "own", call: async (ctx) => savePreference(ctx, await readPreference(ctx)) },
  readAlerts: { as: "own", call: (ctx, { ruleId }) => readAlerts(ctx, { rule: ruleId }) },
  exportAlerts: { as: "own", call: (ctx, { ruleId }) => exportAlerts(ctx, { rule: ruleId }).next() },
  readAlert: { as: "refused", call: (ctx, { alertId }) => readAlert(ctx, alertId) },
  gatherFacts: { as: "own", call: (ctx) => gatherFacts(ctx) },
  readReviews: { as: "own", call: async (ctx) => ({ ...(await readReviews(ctx)) }) },
  readSentReview: { as: "refused", call: (ctx) => readSentReview(ctx, "2026-01-05") },
  saveComment: { as: "own", call: (ctx) => saveComment(ctx, "2026-01-05", { comment: "mine" }) },
  saveReviewSetting: { as: "own", call: (ctx) => saveReviewSetting(ctx, { isOn: true, weekday: 1, hour: 9 }) },
  chooseReview: { as: "own", call: (ctx) => chooseReview(ctx, { isMine: true }) },
  readBreaks: { as: "own", call: (ctx) => readBreaks(ctx) },
  readOpenBreaks: { as: "own", call: (ctx) => readOpenBreaks(ctx) },
  judgeBreak: { as: "refused", call: (ctx, { breakId }) => judgeBreak(ctx, breakId, { verdict: "real" }) },
  readAnswer: { as: "own", call: (ctx) => readAnswer(ctx, questionSchema.parse({ region: "US", window: "30" })) },
  readStoredPages: {
    as: "own",
    call: (ctx) => readStoredPages(ctx, questionSchema.parse({ region: "US", window: "30" })),
  },
  noteOpened: { as: "own", call: (ctx, { boughtId }) => noteOpened(ctx, { receiptIds: [boughtId] }) },
  readSavings: { as: "own", call: (ctx) => readSavings(ctx) },
  readReceiptIds: {
    as: "own",
    call: async (ctx, { snapshotId }) => [...(await readReceiptIds(ctx, [snapshotId]))],
  },
  readRecentAnswers: { as: "own", call: (ctx) => readRecentAnswers(ctx, 100) },
  exportAnswers: { as: "own", call: (ctx) => exportAnswers(ctx).next() },
  readCategories: { as: "own", call: (ctx) => readCategories(ctx, {}) },
  readCategoryHistory: {
    as: "own",
    call: async (ctx) => {
      const input = historyInputSchema.parse({ region: "US", window: "30" });
      return (await readCategoryHistory(ctx, "777777", input)).points;
    },
  },
  readComparison: {
    as: "own",
    call: async (ctx) => {
      const input = compareInputSchema.parse({ categories: "777777", regions: "US", window: "30" });
      return (await readComparison(ctx, input)).series.map(({ name, points }) => [name, points]);
    },
  },
  readRegions: {
    as: "own",
    call: async (ctx) => (await readRegions(ctx, "777777", { metric: "posts", window: "30" })).items,
  },
  readCategory: { as: "refused", call: (ctx) => readCategory(ctx, "777777") },
  readCategoryNow: { as: "own", call: (ctx) => readCategoryNow(ctx, "777777", { region: "US", window: "30" }) },
  readCategoryNames: { as: "own", call: (ctx) => readCategoryNames(ctx) },
  saveCategoryName: { as: "own", call: (ctx) => saveCategoryName(ctx, "5", { name: "mine", aliases: [] }) },
  pasteCategoryNames: { as: "own", call: (ctx) => pasteCategoryNames(ctx, { text: "6\tmine" }) },
  testKey: { as: "own", call: (ctx) => testKey(ctx) },
  checkSource: { as: "own", call: (ctx) => checkSource(ctx, { dryRun: true }) },
  readSourcePlan: { as: "own", call: (ctx) => readSourcePlan(ctx) },
  readSourceChecks: { as: "own", call: (ctx) => readSourceChecks(ctx) },
  readFreshness: { as: "own", call: (ctx) => readFreshness(ctx, [ask({ window: "30" })], 1_000_000) },
  startRun: { as: "own", call: (ctx) => startRun(ctx, runOrder) },
  createSearch: { as: "own", call: (ctx) => createSearch(ctx, searchInput) },
  readSearches: { as: "own", call: (ctx) => readSearches(ctx) },
  readSearch: { as: "refused", call: (ctx, { searchId }) => readSearch(ctx, searchId) },
  updateSearch: { as: "refused", call: (ctx, { searchId }) => updateSearch(ctx, searchId, { name: "mine" }) },
  deleteSearch: { as: "refused", call: (ctx, { searchId }) => deleteSearch(ctx, searchId) },
  restoreSearch: { as: "refused", call: (ctx, { deletedSearchId }) => restoreSearch(ctx, deletedSearchId) },
  runSearch: { as: "refused", call: (ctx, { searchId }) => runSearch(ctx, searchId, {}) },
  backfillSearch: {
    as: "refused",
    call: (ctx, { searchId }) => backfillSearch(ctx, searchId, { months: 1, running: false }),
  },
  backfillCategory: {
    as: "own",
    call: (ctx) => backfillCategory(ctx, "5", { region: "US", months: 1, running: false }),
  },
  importHistory: { as: "refused", call: (ctx) => importHistory(ctx, sheetOf("777777")) },
  readImports: { as: "own", call: (ctx) => readImports(ctx) },
  readImported: {
    as: "own",
    call: (ctx) => readImported(ctx, "777777", { region: "US", window: "month", from: "2025-01-01", to: "2026-12-31" }),
  },
  readImportPoints: { as: "refused", call: (ctx, { importId }) => readImportPoints(ctx, importId) },
  removeImport: { as: "refused", call: (ctx, { importId }) => removeImport(ctx, importId) },
  restoreImport: { as: "refused", call: (ctx, { importId }) => restoreImport(ctx, importId) },
  pasteOwnNumbers: {
    as: "refused",
    call: (ctx) =>
      pasteOwnNumbers(ctx, "777777", pasteOwnNumbersSchema.parse({ text: "Month\tCTR\n2026-01\t1", region: "US" })),
  },
  readBriefNeeds: { as: "refused", call: (ctx) => readBriefNeeds(ctx, "777777", { region: "US", window: "7" }) },
  fillBrief: { as: "refused", call: (ctx) => fillBrief(ctx, "777777", { region: "US", window: "7" }) },
  readWholeWatchlist: { as: "refused", call: (ctx, { listId }) => readWholeWatchlist(ctx, listId, {}) },
  readSearchBackfill: { as: "refused", call: (ctx, { searchId }) => readSearchBackfill(ctx, searchId) },
  readSearchMonths: {
    as: "refused",
    call: (ctx, { searchId }) => readSearchMonths(ctx, { ...searchInput, id: searchId, category: null, q: null }),
  },
  readCategoryBackfill: { as: "own", call: (ctx) => readCategoryBackfill(ctx, "777777", "US") },
  readRuns: { as: "refused", call: (ctx, { searchId }) => readRuns(ctx, searchId, 10) },
  readChanges: {
    as: "refused",
    call: (ctx, { searchId }) => readChanges(ctx, searchId, { compare: "window" }),
  },
  readMovements: {
    as: "refused",
    call: (ctx, { listId }) => readMovements(ctx, movementsInputSchema.parse({ scope: `list.${listId}` })),
  },
  markReviewed: { as: "refused", call: (ctx, { listId }) => markReviewed(ctx, { scope: `list.${listId}` }) },
  unmarkReviewed: { as: "refused", call: (ctx, { reviewId }) => unmarkReviewed(ctx, reviewId) },
  readStale: {
    as: "refused",
    call: (ctx, { listId, searchId }) => readStale(ctx, { watchlists: [listId], searches: [searchId] }),
  },
  fillRegions: {
    as: "own",
    // It names the category that was asked for: what costs something was not answered by the other team.
    call: async (ctx) => {
      const order = { regions: ["US" as const], window: "7", dryRun: true };
      expect(await fillRegions(ctx, "777777", order)).toMatchObject({ credits: 2 });
    },
  },
  readRegionsFill: { as: "own", call: (ctx) => readRegionsFill(ctx, "777777", { regions: ["US"], window: "7" }) },
  readMovementScopes: { as: "own", call: (ctx) => readMovementScopes(ctx) },
  readMonthlySeries: {
    as: "own",
    call: async (ctx) => [
      ...(await readMonthlySeries(ctx, { region: "US", months: ["2026-10"], categoryIds: ["777777"] })),
    ],
  },
  readRanking: {
    as: "own",
    call: (ctx) => readRanking(ctx, [questionSchema.parse({ region: "US", window: "30" })]),
  },
  readAssembled: { as: "own", call: (ctx, { snapshotId }) => readAssembled(ctx, [snapshotId], 1) },
  refreshWatchlists: {
    as: "refused",
    call: (ctx, { listId }) => refreshWatchlists(ctx, { watchlists: [listId], searches: [] }, {}),
  },
  prepareRefresh: {
    as: "refused",
    call: (ctx, { listId }) => prepareRefresh(ctx, { watchlists: [listId], searches: [] }, { maxAgeMinutes: 0 }),
  },
  readRefresh: {
    as: "refused",
    call: (ctx, { searchId }) => readRefresh(ctx, { watchlists: [], searches: [searchId] }),
  },
  readRefreshOrAnew: {
    as: "refused",
    call: (ctx, { listId }) => readRefreshOrAnew(ctx, { watchlists: [listId], searches: [] }),
  },
  readRefreshRun: { as: "own", call: (ctx, { listId }) => readRefreshRun(ctx, listId) },
  readRun: { as: "refused", call: (ctx, { runId }) => readRun(ctx, runId) },
  stopRun: { as: "refused", call: (ctx, { runId }) => stopRun(ctx, runId) },
  createWatchlist: { as: "own", call: (ctx) => createWatchlist(ctx, createWatchlistSchema.parse({ name: "mine" })) },
  readWatchlists: { as: "own", call: (ctx) => readWatchlists(ctx) },
  readWatchlistItems: { as: "refused", call: (ctx, { listId }) => readWatchlistItems(ctx, listId) },
  findThings: { as: "own", call: (ctx) => findThings(ctx, { q: "a" }) },
  readWatched: { as: "own", call: (ctx) => readWatched(ctx, [watched]) },
  readWatchlist: {
    as: "refused",
    call: (ctx, { listId }) => readWatchlist(ctx, listId, watchViewInputSchema.parse({})),
  },
  exportWatchlist: {
    as: "refused",
    call: (ctx, { listId }) => exportWatchlist(ctx, listId, watchViewInputSchema.parse({})),
  },
  updateWatchlist: { as: "refused", call: (ctx, { listId }) => updateWatchlist(ctx, listId, { name: "mine" }) },
  deleteWatchlist: { as: "refused", call: (ctx, { listId }) => deleteWatchlist(ctx, listId) },
  restoreWatchlist: { as: "refused", call: (ctx, { goneListId }) => restoreWatchlist(ctx, goneListId) },
  addWatchItem: { as: "refused", call: (ctx, { listId }) => addWatchItem(ctx, listId, watched) },
  pasteWatchItems: {
    as: "refused",
    call: (ctx, { listId }) => pasteWatchItems(ctx, listId, { text: "1", region: "US" }),
  },
  updateWatchItem: { as: "refused", call: (ctx, target) => updateWatchItem(ctx, target, { note: "mine" }) },
  removeWatchItem: { as: "refused", call: (ctx, target) => removeWatchItem(ctx, target) },
  planRenewal: {
    as: "refused",
    call: (ctx, { searchId }) => planRenewal(ctx, { searchId, watchlistId: null }, 0),
  },
  createSchedule: {
    as: "refused",
    call: (ctx, { searchId }) =>
      createSchedule(ctx, createScheduleSchema.parse({ searchId, cadence: "daily", hour: 9, dryRun: true })),
  },
  readSchedules: { as: "own", call: async (ctx) => (await readSchedules(ctx)).items },
  readSlots: { as: "own", call: (ctx) => readSlots(ctx) },
  exportSlots: { as: "refused", call: (ctx, { scheduleId }) => exportSlots(ctx, scheduleId).next() },
  readSchedule: { as: "refused", call: (ctx, { scheduleId }) => readSchedule(ctx, scheduleId) },
  updateSchedule: { as: "refused", call: (ctx, { scheduleId }) => updateSchedule(ctx, scheduleId, { paused: true }) },
  deleteSchedule: { as: "refused", call: (ctx, { scheduleId }) => deleteSchedule(ctx, scheduleId) },
  runSchedule: { as: "refused", call: (ctx, { scheduleId }) => runSchedule(ctx, scheduleId, {}) },
  readPlan: { as: "own", call: (ctx) => readPlan(ctx) },
  readSourceHours: { as: "own", call: (ctx) => readSourceHours(ctx) },
  planSchedules: {
    as: "refused",
    call: (ctx, { scheduleId: id }) =>
      planSchedules(ctx, { budgetCredits: 900, hour: null, schedules: [{ id, priority: 1 }] }),
  },
  undoPlan: { as: "refused", call: (ctx) => undoPlan(ctx) },
  isSeenBy: { as: "not_a_team_verb" },
  pauseSchedules: { as: "own", call: (ctx) => pauseSchedules(ctx, true) },
  readNotes: { as: "own", call: async (ctx) => (await readNotes(ctx, "777777")).items },
  createNote: {
    as: "refused",
    call: (ctx) => createNote(ctx, "777777", createNoteSchema.parse({ text: "mine", region: "US" })),
  },
  updateNote: { as: "refused", call: (ctx, target) => updateNote(ctx, noteOf(target), { text: "mine" }) },
  readOwnNumbers: { as: "own", call: async (ctx) => (await readOwnNumbers(ctx, "777777")).items },
  createOwnNumber: { as: "refused", call: (ctx) => createOwnNumber(ctx, "777777", ownNumber) },
  updateOwnNumber: { as: "refused", call: (ctx, target) => updateOwnNumber(ctx, numberOf(target), { ctrPct: 2 }) },
  deleteOwnNumber: { as: "refused", call: (ctx, target) => deleteOwnNumber(ctx, numberOf(target)) },
  deleteNote: { as: "refused", call: (ctx, target) => deleteNote(ctx, noteOf(target)) },
  readSummary: { as: "own", call: (ctx) => readSummary(ctx) },
  readPeriod: { as: "own", call: (ctx) => readPeriod(ctx) },
  readUsage: { as: "own", call: (ctx) => readUsage(ctx, { by: "member" }) },
  readLog: { as: "own", call: (ctx) => readLog(ctx, { free: true }) },
  readEntries: { as: "refused", call: (ctx, { memberId }) => readEntries(ctx, { member: memberId }) },
  readCreditPrice: { as: "own", call: (ctx) => readCreditPrice(ctx) },
  readStatement: { as: "own", call: (ctx) => readStatement(ctx) },
  exportEntries: { as: "own", call: (ctx) => exportEntries(ctx, {}).next() },
  settleByHand: {
    as: "refused",
    call: (ctx, { requestId }) => settleByHand(ctx, requestId, { charged: true, reason: "mine" }),
  },
  readReceipt: { as: "refused", call: (ctx, { boughtId }) => readReceipt(ctx, boughtId) },
  readRawRow: { as: "refused", call: (ctx, { boughtId }) => readRawRow(ctx, boughtId, 1) },
  readRawAnswer: { as: "refused", call: (ctx, { boughtId }) => readRawAnswer(ctx, boughtId) },
  readRawRetention: { as: "own", call: (ctx) => readRawRetention(ctx, { days: 1 }) },
  settleMany: {
    as: "refused",
    call: (ctx, { requestId }) => settleMany(ctx, { ids: [requestId], charged: true, reason: "mine" }),
  },
  readUnsettled: { as: "own", call: (ctx, { requestId }) => readUnsettled(ctx, requestId) },
  countUnsettled: { as: "own", call: (ctx) => countUnsettled(ctx) },
  stateBalance: { as: "own", call: (ctx) => stateBalance(ctx, { credits: 5 }) },
  enterTopUp: { as: "own", call: (ctx) => enterTopUp(ctx, { credits: 5 }) },
  readReconciliation: { as: "own", call: (ctx) => readReconciliation(ctx) },
  readBalanceNow: { as: "own", call: (ctx) => readBalanceNow(ctx) },
  readLimits: { as: "own", call: (ctx) => readLimits(ctx) },
  tellLeft: { as: "own", call: (ctx) => tellLeft(ctx, Promise.resolve(null)) },
  readLeft: { as: "own", call: (ctx) => readLeft(ctx) },
  changeLimits: { as: "own", call: (ctx) => changeLimits(ctx, { team: 40, memberDefault: 20 }) },
  readCreditSettings: { as: "own", call: (ctx) => readCreditSettings(ctx) },
  updateCreditSettings: { as: "own", call: (ctx) => updateCreditSettings(ctx, { periodFirstDay: 9 }) },
  readAsks: { as: "own", call: (ctx) => readAsks(ctx) },
  askForMore: {
    as: "own",
    call: async (ctx) => {
      await changeLimits(ctx, { memberDefault: 0 });
      return askForMore(ctx, { credits: 10, note: "" });
    },
  },
  grantMore: { as: "refused", call: (ctx, { askId }) => grantMore(ctx, askId, { credits: 10 }) },
  declineMore: { as: "refused", call: (ctx, { askId }) => declineMore(ctx, askId) },
  withdrawAsk: { as: "refused", call: (ctx, { askId }) => withdrawAsk(ctx, askId) },
  readKey: { as: "own", call: (ctx) => readKey(ctx) },
  createOwnToken: { as: "own", call: (ctx) => createOwnToken(ctx, { name: "mine", scope: "read" }) },
  readTokens: { as: "own", call: (ctx) => readTokens(ctx) },
  revokeToken: { as: "refused", call: (ctx, { tokenId }) => revokeToken(ctx, tokenId) },
  readAudit: { as: "refused", call: (ctx, { memberId }) => readAudit(ctx, { member: memberId }) },
  auditSql: { as: "not_a_team_verb" },
  exportAudit: { as: "own", call: (ctx) => exportAudit(ctx, {}).next() },
  readPeople: { as: "own", call: (ctx) => readPeople(ctx) },
  saveKey: { as: "own", call: (ctx) => saveKey(ctx, { apiKey: "sk_live_of_the_outsider" }) },
  useSandbox: { as: "own", call: (ctx) => useSandbox(ctx) },
  removeKey: { as: "refused", call: (ctx, { keyId }) => removeKey(ctx, keyId) },
  readKeys: { as: "own", call: (ctx) => readKeys(ctx) },
  useKey: { as: "refused", call: (ctx, { keyId }) => useKey(ctx, keyId) },
  readNotifications: { as: "own", call: (ctx) => readNotifications(ctx) },
  countUnread: { as: "own", call: (ctx) => countUnread(ctx) },
  leaveFilters: { as: "own", call: (ctx) => leaveFilters(ctx, { page: "explore", filters: {} }) },
  readFilters: { as: "own", call: (ctx) => readFilters(ctx, "explore") },
  chooseFirstSteps: { as: "own", call: (ctx) => chooseFirstSteps(ctx, { hidden: true }) },
  readFirstSteps: {
    as: "own",
    // What the other team has saved and watches ticks nothing off here.
    call: async (ctx) => {
      expect(await readFirstSteps(ctx)).toMatchObject({ saved: false, watched: 0 });
    },
  },
  markRead: { as: "own", call: (ctx) => markRead(ctx, { all: true }) },
  assertAllowed: { as: "not_a_team_verb" },
  visibleTo: { as: "not_a_team_verb" },
  withTeam: { as: "not_a_team_verb" },
  withTeamAlone: { as: "not_a_team_verb" },
  withTeamLookups: { as: "not_a_team_verb" },
};

const ROOT = join(import.meta.dirname, "../..");

function verbsInCode(): string[] {
  const files = readdirSync(join(ROOT, "lib"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith("lib/testing/") && !file.includes("prisma-client"))
    // No verbs: only the verbs beside it can reach what is in there.
    .filter((file) => !file.endsWith("/internal.ts"));
  return files
    .flatMap((file) => [
      ...readFileSync(join(ROOT, file), "utf8").matchAll(
        /export\s+(?:async\s+)?(?:function\*?\s+(\w+)(?:<[^>]*>)?\s*\(\s*ctx\s*:\s*TeamContext|const\s+(\w+)\s*=\s*(?:async\s*)?\(\s*ctx\s*:\s*TeamContext)/g,
      ),
    ])
    .map((match) => match[1] ?? match[2] ?? "")
    .sort();
}

const given = purchases();
let marked: MarkedTeam;
/** As they were made, and as they stay through the whole file. */
let rows: string;

beforeAll(async () => {
  marked = await makeMarkedTeam(given);
  rows = await rowsOf(given, marked.insider);
});

/** An error too, with its message: whatever a caller could be told. */
const told = (result: unknown) =>
  JSON.stringify(result, (_key, value) => (value instanceof Error ? { ...value, text: String(value) } : value)) ?? "";

function expectNothing(name: string, as: OutsiderVerb["as"], result: unknown): void {
  const refused = { code: expect.stringMatching(/^not_found$|^invalid_request$/) };
  if (as === "refused") expect(result, name).toMatchObject(refused);
  else expect(result, name).not.toBeInstanceOf(Error);
  for (const mark of marked.marks) expect(told(result), name).not.toContain(mark);
}

const CALLED = Object.entries(VERBS).filter(([, { call }]) => call);

test("every verb that takes a context has an entry here", () => {
  expect(verbsInCode()).toEqual(Object.keys(VERBS).sort());
});

describe("the owner of another team", () => {
  test.each(CALLED)("gets nothing and changes nothing by %s", async (name, { as, call }) => {
    const outsider = await makeTeam();
    expectNothing(name, as, await call?.(outsider, marked.target).catch((error: unknown) => error));
    expect(await rowsOf(given, marked.insider)).toBe(rows);
  });

  test("gets nothing and changes nothing with the application's own team filters switched off: row-level security stands alone", async () => {
    let statements = 0;
    for (const [name, { as, call }] of CALLED) {
      const outsider = await makeTeam();
      const { result, dropped } = await withoutTeamFilters(async () => call?.(outsider, marked.target));
      expectNothing(name, as, result);
      statements += dropped;
    }
    expect(statements).toBeGreaterThan(CALLED.length);
    expect(await rowsOf(given, marked.insider)).toBe(rows);
  });

  test("would be told of others with row-level security off as well: it was the only wall there", async () => {
    await given.database.superuserPool.query(
      `do $$ declare name text; begin
         for name in select relname from pg_class where relforcerowsecurity and relnamespace = 'public'::regnamespace loop
           execute format('alter table %I disable row level security', name);
         end loop;
       end $$`,
    );
    const leaking: string[] = [];
    for (const [name, { call }] of CALLED.filter(([name]) => name.startsWith("read"))) {
      const outsider = await makeTeam();
      const { result } = await withoutTeamFilters(async () => call?.(outsider, marked.target));
      if (marked.marks.some((mark) => told(result).includes(mark))) leaking.push(name);
    }
    expect(leaking).toEqual(expect.arrayContaining(["readSearches", "readWatchlists", "readRules", "readWebhooks"]));
    expect(leaking.length).toBeGreaterThan(20);
  });
});
