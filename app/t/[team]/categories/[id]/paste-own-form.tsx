"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { useLocalPages } from "@/app/_ui/local-pages";
import { OpenedForm } from "@/app/_ui/opened-form";
import { type Option, Options } from "@/app/_ui/options";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextArea } from "@/app/_ui/text-area";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { calendarMonth } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";
import type { OwnPasteReport } from "@/lib/tracking/paste-own-schemas";

const FIGURES = ["ctrPct", "cvrPct", "sixSecondViewRatePct", "cpa", "cost"] as const;

type Props = {
  slug: string;
  categoryId: string;
  region: string;
  /** `Option[]` as JSON, in the order of their names. */
  regionsJson: string;
};

/** Opens a field for a whole table of months, which is shown as understood before anything of it is kept. */
export function PasteOwnForm(props: Props) {
  const t = useTranslations("client.ownNumbers");
  return <OpenedForm label={t("paste")}>{(close) => <PasteFields {...props} onClose={close} />}</OpenedForm>;
}

function PasteFields({ slug, categoryId, region, regionsJson, onClose }: Props & { onClose: () => void }) {
  const t = useTranslations("client.ownNumbers");
  const router = useRouter();
  const [report, setReport] = useState<OwnPasteReport | null>(null);
  const isShown = report !== null && !report.saved;
  const kept = report ? report.entered.length + report.changed.length : 0;
  const form = useJsonForm<OwnPasteReport>({
    path: `/api/v1/categories/${categoryId}/own-numbers/paste?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({
      ...Object.fromEntries(["text", "region", "currency"].map((field) => [field, data.get(field)])),
      dryRun: !isShown,
      shown: report?.changed.map(({ id, version }) => ({ id, version })) ?? [],
    }),
    onDone: (answer) => {
      setReport(answer);
      if (!answer.saved) return;
      router.refresh();
      toast(t("pasted", { count: answer.entered.length + answer.changed.length }));
      if (answer.notUnderstood.length === 0) onClose();
    },
    // What is there now is shown before anything is tried again.
    onRefused: () => setReport(null),
  });
  return (
    <form
      method="post"
      noValidate
      autoComplete="off"
      className="my-2 grid w-full gap-3"
      onSubmit={form.submit}
      onChange={() => setReport(null)}
    >
      <TextArea
        label={t("table")}
        name="text"
        rows={6}
        placeholder={t("tableHint")}
        mistake={form.mistakes.text}
        autoFocus
      />
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <SelectField label={t("usualRegion")} name="region" defaultValue={region} mistake={form.mistakes.region}>
          <Options optionsJson={regionsJson} />
        </SelectField>
        <TextField label={t("usualCurrency")} name="currency" maxLength={3} mistake={form.mistakes.currency} />
      </div>
      <FormFailure text={form.failure} />
      {report && <PasteReport report={report} regionsJson={regionsJson} />}
      <div className="flex flex-wrap items-center gap-2">
        {isShown && kept > 0 ? (
          <SubmitButton pending={form.pending} className="btn-primary">
            {t("savePasted", { count: kept })}
          </SubmitButton>
        ) : (
          <SubmitButton pending={form.pending}>{t("check")}</SubmitButton>
        )}
        <button type="button" className="btn" onClick={onClose}>
          {t(report?.saved ? "close" : "cancel")}
        </button>
      </div>
    </form>
  );
}

/** What a table was understood as: what is new, what becomes another value, and which lines are left out, and why. */
function PasteReport({ report, regionsJson }: { report: OwnPasteReport; regionsJson: string }) {
  const t = useTranslations("client.ownNumbers");
  const locale = useLocale();
  const regions: Option[] = JSON.parse(regionsJson);
  const names = new Map(regions.map(({ code, name }) => [code, name]));
  const { entered, changed, same, notUnderstood, ignored, saved } = report;
  const lines = useLocalPages([...entered, ...changed].sort((a, b) => a.line - b.line));
  const leftOut = useLocalPages(notUnderstood);
  const value = (
    of: OwnPasteReport["entered"][number] | OwnPasteReport["changed"][number],
    figure: (typeof FIGURES)[number],
  ) => {
    const text = (number: number | null, currency: string | null) => {
      if (number === null) return "—";
      const exact = exactNumber(number, locale);
      return figure === "cpa" || figure === "cost" ? `${exact} ${currency}` : `${exact}%`;
    };
    const is = text(of[figure], of.currency);
    const was = "before" in of ? text(of.before[figure], of.before.currency) : is;
    return was === is ? is : t("becomes", { was, is });
  };
  return (
    <div role="status" className="grid gap-2 border-line border-t pt-3">
      <p className="font-medium">
        {t(saved ? "savedReport" : "report", {
          entered: entered.length,
          changed: changed.length,
          missed: notUnderstood.length,
        })}{" "}
        {same > 0 && t("same", { count: same })}
      </p>
      {entered.length + changed.length > 0 && (
        <section className="max-h-80 overflow-auto" aria-label={t("understood")} tabIndex={-1}>
          <table className="table answers" aria-label={t("understood")}>
            <thead>
              <tr>
                <th scope="col" className="l">
                  {t("month")}
                </th>
                {FIGURES.map((figure) => (
                  <th key={figure} scope="col">
                    {t(`fields.${figure}`)}
                  </th>
                ))}
                <th scope="col" className="l" />
              </tr>
            </thead>
            <tbody>
              {lines.shown.map((one) => (
                <tr key={one.line}>
                  <th
                    scope="row"
                    className="l"
                  >{`${calendarMonth(one.month, locale)} · ${names.get(one.region) ?? one.region}`}</th>
                  {FIGURES.map((figure) => (
                    <td key={figure}>{value(one, figure)}</td>
                  ))}
                  <td className="l text-text-3">{t("before" in one ? "willChange" : "willEnter")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {lines.foot}
      {notUnderstood.length > 0 && (
        <ul aria-label={t("leftOut")} className="grid max-h-56 gap-0.5 overflow-y-auto text-text-2">
          {leftOut.shown.map(({ line, text, reason }) => (
            <li key={line} className="wrap-anywhere">
              <span className="num text-text-3">{t("line", { line })}</span> “{text}” · {t(`reason.${reason}`)}
            </li>
          ))}
        </ul>
      )}
      {leftOut.foot}
      {ignored.length > 0 && <p className="text-text-3">{t("ignored", { columns: ignored.join(", ") })}</p>}
    </div>
  );
}
