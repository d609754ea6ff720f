"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextArea } from "@/app/_ui/text-area";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { PasteNamesReport } from "@/lib/insights/schemas";

/** Names many categories from a table, and says which lines it did not understand. */
export function PasteNames({ slug }: { slug: string }) {
  const t = useTranslations("client.names");
  const router = useRouter();
  const [report, setReport] = useState<PasteNamesReport | null>(null);
  const form = useJsonForm<PasteNamesReport>({
    path: `/api/v1/categories/names?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({ text: data.get("text") }),
    onDone: (answer) => {
      setReport(answer);
      router.refresh();
    },
  });
  return (
    <section className="sheet p-3.5" aria-labelledby="name-many">
      <h2 id="name-many" className="mb-2.5">
        {t("many")}
      </h2>
      <form method="post" noValidate className="grid gap-3" onSubmit={form.submit}>
        <TextArea label={t("table")} name="text" rows={6} placeholder={t("tableHint")} mistake={form.mistakes.text} />
        <FormFailure text={form.failure} />
        <SubmitButton pending={form.pending} className="justify-self-start">
          {t("saveMany")}
        </SubmitButton>
      </form>
      {report && (
        <div role="status" className="mt-3 grid gap-1 border-line border-t pt-3">
          <p className="font-medium">
            {t("report", { saved: report.saved.length, missed: report.notUnderstood.length })}
          </p>
          <ul className="grid max-h-56 gap-0.5 overflow-y-auto text-text-2">
            {report.notUnderstood.map(({ line, text, reason }) => (
              <li key={line}>
                <span className="num text-text-3">{t("line", { line })}</span> “{text}” · {t(`reason.${reason}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
