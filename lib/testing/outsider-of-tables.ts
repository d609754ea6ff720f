import { readSavingsPage } from "@/lib/credits/read-savings";
import { readBreaksPage } from "@/lib/insights/read-breaks";
import { exportSearches } from "@/lib/tracking/export-searches";
import { readNotesPage } from "@/lib/tracking/read-notes-page";
import { readOwnNumbersPage } from "@/lib/tracking/read-own-numbers-page";
import { readSearchesPage } from "@/lib/tracking/read-searches";
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
  exportSearches: { as: "own", call: (ctx) => exportSearches(ctx).next() },
};
