import { exportSearches } from "@/lib/tracking/export-searches";
import { readSearchesPage } from "@/lib/tracking/read-searches";
import type { OutsiderVerb } from "./outsider-target";

const LOOK = { q: "", page: 1 };

/** The pages of long tables, tried as an outsider of the team. */
export const TABLE_VERBS: Record<string, OutsiderVerb> = {
  readSearchesPage: { as: "own", call: async (ctx) => (await readSearchesPage(ctx, LOOK)).items },
  exportSearches: { as: "own", call: (ctx) => exportSearches(ctx).next() },
};
