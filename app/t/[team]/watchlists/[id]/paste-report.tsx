"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { PasteReport } from "@/lib/tracking/schemas";

type Props = {
  report: PasteReport;
  onChoose: (categoryId: string, line: number) => Promise<void>;
  onDismiss: () => void;
};

/** What became of each line of a paste. What several categories fit is chosen here, one press each. */
export function PasteReportView({ report, onChoose, onDismiss }: Props) {
  const t = useTranslations("client.watchlists");
  const { added, alreadyThere, notUnderstood, ambiguous, noRoom } = report;
  return (
    <div role="status" className="mt-3 grid gap-2 border-line border-t pt-3">
      <div className="flex items-start justify-between gap-2">
        <p className="font-medium">
          {[
            t("report.added", { count: added.length }),
            alreadyThere.length > 0 && t("report.there", { count: alreadyThere.length }),
            notUnderstood.length > 0 && t("report.missed", { count: notUnderstood.length }),
            ambiguous.length > 0 && t("report.ambiguous", { count: ambiguous.length }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <button type="button" className="row-button -my-0.5" aria-label={t("report.close")} onClick={onDismiss}>
          <X size={15} aria-hidden="true" />
        </button>
      </div>
      {noRoom.length > 0 && <p className="mistake">{t("report.noRoom", { count: noRoom.length })}</p>}
      {notUnderstood.length > 0 && (
        <ul className="grid max-h-56 gap-0.5 overflow-y-auto" aria-label={t("report.missedList")}>
          {notUnderstood.map(({ line, text, reason }) => (
            <li key={`${line} ${text}`} className="text-text-2">
              <span className="num text-text-3">{t("report.line", { line })}</span> “{text}”
              {reason === "level" && ` · ${t("report.level")}`}
            </li>
          ))}
        </ul>
      )}
      {ambiguous.map(({ line, text, candidates }) => (
        <div key={`${line} ${text}`} className="grid gap-1">
          <p className="text-text-2">
            <span className="num text-text-3">{t("report.line", { line })}</span> {t("report.which", { text })}
          </p>
          <p className="flex flex-wrap gap-1.5">
            {candidates.map(({ id, name, path }) => (
              <button key={id} type="button" className="btn" onClick={() => void onChoose(id, line)}>
                {name ?? id} <span className="text-text-3 text-xs">{path || id}</span>
              </button>
            ))}
          </p>
        </div>
      ))}
    </div>
  );
}
