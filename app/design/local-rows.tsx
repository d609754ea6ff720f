"use client";
import { useLocalPages } from "@/app/_ui/local-pages";

const ROWS = Array.from({ length: 120 }, (_, index) => `Row ${index + 1}`);

/** Rows that only the browser has, a page at a time. */
export function LocalRows() {
  const { shown, foot } = useLocalPages(ROWS);
  return (
    <div className="sheet">
      <p className="px-3 pt-2">{[shown[0], shown.at(-1)].join(" – ")}</p>
      {foot}
    </div>
  );
}
