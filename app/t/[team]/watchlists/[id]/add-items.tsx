"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextArea } from "@/app/_ui/text-area";
import { TextField } from "@/app/_ui/text-field";
import { useAwake } from "@/app/_ui/use-awake";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { Category } from "@/lib/insights/schemas";
import type { PasteReport } from "@/lib/tracking/schemas";
import { PasteReportView } from "./paste-report";
import { type Suggestion, suggestions } from "./suggestions";

type Props = {
  slug: string;
  listId: string;
  regions: { code: string; name: string }[];
  region: string;
};

/** Puts categories on the list: one by its name or id, or a whole column from a spreadsheet, with a report. */
export function AddItems({ slug, listId, regions, region }: Props) {
  const t = useTranslations("client.watchlists");
  const router = useRouter();
  const awake = useAwake();
  const options = useId();
  const element = useRef<HTMLFormElement>(null);
  const [many, setMany] = useState(false);
  const [categories, setCategories] = useState<Suggestion[] | null>(null);
  const [report, setReport] = useState<(PasteReport & { region: string }) | null>(null);
  const path = `/api/v1/watchlists/${listId}/items`;
  const team = `?team=${encodeURIComponent(slug)}`;
  const asked = useRef(region);
  const form = useJsonForm<PasteReport>({
    path: `${path}/paste${team}`,
    method: "POST",
    read: (data) => {
      asked.current = String(data.get("region"));
      return { text: data.get("text"), region: asked.current };
    },
    onDone: (answer) => {
      setReport({ ...answer, region: asked.current });
      const field = element.current?.elements.namedItem("text");
      const isWhole = answer.notUnderstood.length + answer.ambiguous.length + answer.noRoom.length === 0;
      // What was not understood stays in the field, to be mended there.
      if (isWhole && (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) field.value = "";
      router.refresh();
    },
  });

  /** What was learned so far, once somebody is about to type a name. */
  async function suggest() {
    if (categories) return;
    setCategories([]);
    const learned = await callApi<{ items: Category[] }>(`/api/v1/categories${team}`, { method: "GET" });
    setCategories(learned.ok ? suggestions(learned.data.items) : null);
  }
  async function choose(categoryId: string, line: number) {
    const body = { categoryId, region: report?.region ?? region };
    const added = await callApi(`${path}${team}`, { method: "POST", body });
    if (!added.ok) return;
    setReport((now) => now && { ...now, ambiguous: now.ambiguous.filter((one) => one.line !== line) });
    router.refresh();
  }

  return (
    <section className="sheet p-3.5" aria-label={t("addTitle")}>
      <form ref={element} method="post" noValidate autoComplete="off" className="grid gap-2.5" onSubmit={form.submit}>
        <div className="grid items-start gap-2 sm:flex sm:flex-wrap">
          <div className={many ? "sm:w-[28rem]" : "sm:w-72"}>
            {many ? (
              <TextArea
                key="many"
                label={t("paste")}
                name="text"
                rows={6}
                placeholder={t("pasteHint")}
                mistake={form.mistakes.text}
              />
            ) : (
              <TextField
                key="one"
                label={t("category")}
                name="text"
                list={options}
                onFocus={() => void suggest()}
                placeholder={t("categoryHint")}
                mistake={form.mistakes.text}
              />
            )}
          </div>
          <div className="sm:w-44">
            <SelectField label={t("region")} name="region" defaultValue={region} mistake={form.mistakes.region}>
              {(awake ? regions : regions.filter(({ code }) => code === region)).map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </SelectField>
          </div>
          <div className="flex gap-2 sm:mt-[1.22rem]">
            <SubmitButton pending={form.pending}>{t("add")}</SubmitButton>
            <button type="button" className="btn btn-quiet" aria-pressed={many} onClick={() => setMany(!many)}>
              {t(many ? "addOne" : "addMany")}
            </button>
          </div>
        </div>
        <FormFailure text={form.failure} />
        <datalist id={options}>
          {categories?.map(({ id, name, path: above }) => (
            <option key={id} value={name} label={above} />
          ))}
        </datalist>
      </form>
      {report && <PasteReportView report={report} onChoose={choose} onDismiss={() => setReport(null)} />}
    </section>
  );
}
