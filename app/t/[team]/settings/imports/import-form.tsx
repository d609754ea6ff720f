"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useAwake } from "@/app/_ui/use-awake";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { ImportedFigure, ImportReport } from "@/lib/tracking/import-schemas";
import { ImportPreview } from "./import-preview";

type Choice = { code: string; name: string };
type Props = { slug: string; regions: Choice[]; windows: Choice[]; region: string; figures: readonly ImportedFigure[] };
type Sheet = { name: string; text: string };

/** A file larger than this is no sheet of figures by hand. */
const MOST_BYTES = 5_000_000;

/** From a file to its columns, to its first lines as understood, to one import. */
export function ImportForm({ slug, regions, windows, region, figures }: Props) {
  const t = useTranslations("client.imports");
  const router = useRouter();
  const awake = useAwake();
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [problem, setProblem] = useState<"tooLarge" | "unreadable" | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [isChecked, setChecked] = useState(false);
  const form = useJsonForm<ImportReport>({
    path: `/api/v1/imports?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({
      ...sheet,
      window: data.get("window"),
      region: data.get("region"),
      dryRun: !isChecked,
      ...(report ? { columns: report.columns.map((_, nth) => data.get(`column.${nth}`) || null) } : {}),
    }),
    onDone: (answer) => {
      setReport(answer);
      setChecked(answer.importId === null);
      if (answer.importId === null) return;
      toast(t("imported", { count: answer.rows }));
      setSheet(null);
      setReport(null);
      router.refresh();
    },
  });

  async function choose({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const [file] = currentTarget.files ?? [];
    setReport(null);
    setChecked(false);
    setProblem(null);
    setSheet(null);
    if (!file) return;
    if (file.size > MOST_BYTES) return setProblem("tooLarge");
    const text = await textOf(file).catch(() => null);
    if (text === null) setProblem("unreadable");
    else setSheet({ name: file.name, text });
  }

  return (
    <form
      method="post"
      noValidate
      className="sheet grid gap-3 p-3.5"
      onSubmit={form.submit}
      onChange={() => setChecked(false)}
    >
      <h2>{t("title")}</h2>
      <div className="grid gap-3 sm:grid-cols-3">
        <div className="field">
          <label htmlFor="sheet-file">{t("file")}</label>
          <input
            id="sheet-file"
            type="file"
            accept=".csv,.tsv,.txt,.xlsx"
            className="input h-auto py-1.5"
            disabled={!awake}
            aria-invalid={problem ? true : undefined}
            aria-describedby="sheet-hint"
            onChange={(event) => void choose(event)}
          />
          {(problem ?? form.mistakes.text) && <p className="mistake">{problem ? t(problem) : form.mistakes.text}</p>}
          <p id="sheet-hint" className="hint">
            {t("fileHint")}
          </p>
        </div>
        <SelectField label={t("window")} name="window" defaultValue="month" mistake={form.mistakes.window}>
          {windows.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("region")} name="region" defaultValue={region} mistake={form.mistakes.region}>
          {regions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      {report && <ImportPreview report={report} regions={regions} isChecked={isChecked} figures={figures} />}
      {form.mistakes.columns && <p className="mistake">{form.mistakes.columns}</p>}
      <FormFailure text={form.failure} />
      {isChecked && report && report.rows > 0 ? (
        <SubmitButton pending={form.pending} className="btn-primary justify-self-start">
          {t("import", { count: report.rows })}
        </SubmitButton>
      ) : (
        <button type="submit" className="btn justify-self-start" disabled={!awake || !sheet || form.pending}>
          {t("check")}
        </button>
      )}
    </form>
  );
}

/** Chinese spreadsheets write CSV as GB18030, all others as UTF-8; a workbook's first sheet becomes lines with tabs. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (file.name.toLowerCase().endsWith(".xlsx")) {
    const { workbookText } = await import("./workbook-text");
    return workbookText(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030", { fatal: true }).decode(bytes);
  }
}
