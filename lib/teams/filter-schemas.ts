import "server-only";
import { z } from "zod";
import { type FilteredPage, LEFT_FILTERS } from "./choices";

const PAGES = Object.keys(LEFT_FILTERS) as [FilteredPage, ...FilteredPage[]];

/** What stood in the address of a page, by field; the page itself reads them as it reads an address. */
export const filtersSchema = z.record(z.string().max(20), z.string().max(200, { error: "filters_unknown" }), {
  error: "filters_unknown",
});
export type Filters = z.output<typeof filtersSchema>;

export const leaveFiltersSchema = z
  .strictObject({ page: z.enum(PAGES, { error: "filters_unknown" }), filters: filtersSchema })
  .refine(({ page, filters }) => Object.keys(filters).every((name) => isKept(page, name)), {
    error: "filters_unknown",
    path: ["filters"],
  });
export type LeaveFiltersInput = z.output<typeof leaveFiltersSchema>;

const isKept = (page: FilteredPage, name: string) => (LEFT_FILTERS[page] as readonly string[]).includes(name);
