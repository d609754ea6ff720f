"use client";
import { useTranslations } from "next-intl";
import { creditsTyped } from "@/app/_ui/credits-typed";
import { FormFailure } from "@/app/_ui/form-failure";
import { hourText } from "@/app/_ui/hour-words";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useAwake } from "@/app/_ui/use-awake";
import { PRIORITIES } from "@/lib/schedules/choices";
import type { Schedule } from "@/lib/schedules/schemas";
import { PlanTold } from "./plan-told";
import { usePlan } from "./use-plan";

type Planned = Pick<Schedule, "id" | "name" | "priority" | "cadence">;
type Props = { slug: string; items: Planned[]; isPart: boolean; budgetCredits: number | null };

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** A budget for the month and what is important; first shows what that comes to, then applies it. */
export function PlanForm({ slug, items, isPart, budgetCredits }: Props) {
  const t = useTranslations("client.plan");
  const words = useTranslations("client");
  const awake = useAwake();
  const credits = (count: number) => words("spend.credits", { count });
  const { form, told, forget } = usePlan(slug, (data) => {
    const hour = String(data.get("hour") ?? "");
    return {
      budgetCredits: creditsTyped(data.get("budgetCredits")),
      hour: hour === "" ? null : Number(hour),
      schedules: items
        .map(({ id }) => ({ id, priority: Number(data.get(id) || 0) }))
        .filter(({ priority }) => priority > 0),
    };
  });
  return (
    <form method="post" noValidate autoComplete="off" className="grid gap-3" onSubmit={form.submit} onChange={forget}>
      <div className="grid gap-2 sm:grid-cols-2">
        <TextField
          label={t("budget")}
          name="budgetCredits"
          inputMode="numeric"
          className="num text-right"
          placeholder={t("noBudget")}
          defaultValue={budgetCredits ?? ""}
          hint={t("budgetHint")}
          mistake={form.mistakes.budgetCredits}
        />
        <SelectField label={t("hour")} name="hour" hint={t("hourHint")} mistake={form.mistakes.hour} disabled={!awake}>
          <option value="">{t("ownHour")}</option>
          {HOURS.map((hour) => (
            <option key={hour} value={hour}>
              {hourText(hour)}
            </option>
          ))}
        </SelectField>
      </div>
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1.5 font-semibold text-text-2 text-xs">{t("priorities")}</legend>
        {items.map(({ id, name, priority }) => (
          <SelectField key={id} label={name} name={id} defaultValue={priority} disabled={!awake}>
            {PRIORITIES.map((one) => (
              <option key={one} value={one}>
                {t(`priority.${one}`)}
              </option>
            ))}
            <option value="">{t("keep")}</option>
          </SelectField>
        ))}
        {isPart && <p className="hint sm:col-span-2">{t("partHint")}</p>}
      </fieldset>
      {told && <PlanTold plan={told} credits={credits} />}
      <FormFailure text={form.failure} />
      <SubmitButton pending={form.pending} className={`justify-self-start ${told ? "btn-spend" : ""}`}>
        {told ? t("apply", { price: credits(told.credits) }) : t("ask")}
      </SubmitButton>
    </form>
  );
}
