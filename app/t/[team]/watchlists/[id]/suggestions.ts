import { thirdLevel } from "@/app/_ui/third-level";
import type { Category } from "@/lib/insights/schemas";

export type Suggestion = { id: string; name: string; path: string };

/** What can be put on a list, each with what stands above it. */
export const suggestions = (categories: readonly Category[]): Suggestion[] =>
  thirdLevel(categories).map(({ id, name, top, parent }) => ({
    id,
    name,
    path: [top, parent].filter(Boolean).join(" › "),
  }));
