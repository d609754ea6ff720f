"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { OpenedForm } from "@/app/_ui/opened-form";
import { Options } from "@/app/_ui/options";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { OwnNumber } from "@/lib/tracking/own-number-schemas";

const FIELDS = ["ctrPct", "cvrPct", "sixSecondViewRatePct", "cpa", "cost", "currency"] as const;

type Props = {
  slug: string;
  categoryId: string;
  region: string;
  /** `Option[]` as JSON, in the order of their names. */
  regionsJson: string;
  /** The last calendar month that is over. */
  month: string;
  /** Null enters a month more. */
  number: OwnNumber | null;
};

/** Opens the fields of a month's own figures: a new one, or one that is there. */
export function OwnNumberForm(props: Props) {
  const { number } = props;
  const t = useTranslations("client.ownNumbers");
  return (
    <OpenedForm label={t(number ? "edit" : "enter")} className={number ? "link" : "btn"}>
      {(close) => <OwnNumberFields {...props} onClose={close} />}
    </OpenedForm>
  );
}

function OwnNumberFields(props: Props & { onClose: () => void }) {
  const { slug, categoryId, region, regionsJson, month, number, onClose } = props;
  const t = useTranslations("client.ownNumbers");
  const router = useRouter();
  const team = `?team=${encodeURIComponent(slug)}`;
  const path = `/api/v1/categories/${categoryId}/own-numbers`;
  const form = useJsonForm<OwnNumber>({
    path: number ? `${path}/${number.id}${team}` : `${path}${team}`,
    method: number ? "PATCH" : "POST",
    read: (data) => ({
      ...Object.fromEntries(FIELDS.map((field) => [field, data.get(field)])),
      ...(number ? { version: number.version } : { region: data.get("region"), month: data.get("month") }),
    }),
    onDone: (saved) => {
      onClose();
      router.refresh();
      if (number) offerUndo("changed", "PATCH", `${path}/${number.id}${team}`, { version: saved.version });
    },
    onRefused: ({ reason }) => {
      if (reason === "edited_meanwhile") router.refresh();
    },
  });

  /** One press brings back what stood in the form when it was opened. */
  function offerUndo(done: "changed" | "deleted", method: "PATCH" | "POST", to: string, over: object) {
    const before = Object.fromEntries(FIELDS.map((field) => [field, number?.[field]]));
    const undo = async () => {
      const back = await callApi(to, { method, body: { ...before, ...over } });
      if (!back.ok) toast(back.problem.errors?.[0]?.message ?? back.problem.detail ?? t("failed"));
      router.refresh();
    };
    toast(t(done), { duration: 15_000, action: { label: t("undo"), onClick: () => void undo() } });
  }

  async function remove(gone: OwnNumber) {
    const result = await callApi(`${path}/${gone.id}${team}`, { method: "DELETE" });
    if (!result.ok) return void toast(result.problem.detail ?? t("failed"));
    onClose();
    router.refresh();
    offerUndo("deleted", "POST", `${path}${team}`, { region: gone.region, month: gone.month });
  }

  return (
    <form method="post" noValidate autoComplete="off" className="my-2 grid w-full gap-3" onSubmit={form.submit}>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {!number && (
          <>
            <TextField
              label={t("month")}
              name="month"
              defaultValue={month}
              placeholder="2026-10"
              maxLength={7}
              mistake={form.mistakes.month}
              autoFocus
            />
            <SelectField label={t("region")} name="region" defaultValue={region} mistake={form.mistakes.region}>
              <Options optionsJson={regionsJson} />
            </SelectField>
          </>
        )}
        {FIELDS.map((field) => (
          <TextField
            key={field}
            label={t(`fields.${field}`)}
            name={field}
            defaultValue={number?.[field] ?? ""}
            inputMode={field === "currency" ? "text" : "decimal"}
            placeholder={field === "currency" ? "USD" : undefined}
            maxLength={24}
            mistake={form.mistakes[field]}
          />
        ))}
      </div>
      <FormFailure text={form.failure} />
      <div className="flex flex-wrap items-center gap-2">
        <SubmitButton pending={form.pending} className="btn-primary">
          {t("save")}
        </SubmitButton>
        <button type="button" className="btn" onClick={onClose}>
          {t("cancel")}
        </button>
        {number && (
          <button type="button" className="btn btn-quiet btn-bad ml-auto" onClick={() => void remove(number)}>
            {t("delete")}
          </button>
        )}
      </div>
    </form>
  );
}
