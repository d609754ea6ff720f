"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { TABLE_ROWS, tablePageOf } from "@/lib/platform/format/table-page";

/** A page of rows that only this browser has, such as what was pasted would become, and the way to the others. */
export function useLocalPages<Row>(rows: readonly Row[]): { shown: Row[]; foot: ReactNode } {
  const t = useTranslations("client.pages");
  const [asked, turn] = useState(1);
  const { items, page, pages, total } = tablePageOf(rows, { q: "", page: asked }, () => []);
  const before = (page - 1) * TABLE_ROWS;
  const step = (to: number, label: string, icon: ReactNode) => (
    // Not disabled at the ends: whoever pressed it with the keyboard keeps the focus.
    <button
      type="button"
      className={`page ${to < 1 || to > pages ? "text-line-strong" : ""}`}
      aria-label={label}
      aria-disabled={to < 1 || to > pages}
      onClick={() => turn(Math.min(Math.max(to, 1), pages))}
    >
      {icon}
    </button>
  );
  return {
    shown: items,
    foot: pages > 1 && (
      <div className="num flex flex-wrap items-center justify-between gap-x-4 px-3 py-2 text-text-3">
        <p aria-live="polite">{t("rows", { from: before + 1, to: before + items.length, total })}</p>
        <span className="flex items-center gap-0.5">
          {step(page - 1, t("previous"), <ChevronLeft size={15} aria-hidden="true" />)}
          {step(page + 1, t("next"), <ChevronRight size={15} aria-hidden="true" />)}
        </span>
      </div>
    ),
  };
}
