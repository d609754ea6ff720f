import type { CategoryHistory } from "@/lib/insights/history-schemas";
import type { ImportedPoint } from "@/lib/tracking/import-schemas";
import type { OwnNumber } from "@/lib/tracking/own-number-schemas";
import { ownLine } from "@/lib/tracking/own-points";
import type { CategoryAddress } from "./address";

type Of = { history: CategoryHistory; numbers: OwnNumber[]; imported: readonly ImportedPoint[] };

/** Whether there is anything to draw of a course: answers, sheets, or beside calendar months the team's own figures. */
export const isDrawn = (
  { region, window, shown }: Pick<CategoryAddress, "region" | "window" | "shown">,
  { history, numbers, imported }: Of,
): boolean =>
  history.points.length > 0 || imported.length > 0 || (window === "month" && ownLine(numbers, region, shown) !== null);
