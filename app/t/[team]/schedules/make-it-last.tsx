"use client";
import { useLocale, useTranslations } from "next-intl";
import { FormFailure } from "@/app/_ui/form-failure";
import { Notice } from "@/app/_ui/notice";
import { SubmitButton } from "@/app/_ui/submit-button";
import { day } from "@/lib/platform/format/date";
import { PlanTold } from "./plan-told";
import { usePlan } from "./use-plan";

type Props = {
  slug: string;
  items: { id: string; priority: number }[];
  credits: number;
  leftCredits: number;
  until: string;
  now: Date;
};

/** Credits run low: one press shows what lets them last until the period ends, the next one does it. */
export function MakeItLast({ slug, items, credits: needed, leftCredits, until, now }: Props) {
  const t = useTranslations("client.plan");
  const words = useTranslations("client");
  const locale = useLocale();
  const credits = (count: number) => words("spend.credits", { count });
  const last = day(`${until}T12:00:00Z`, now, locale, "UTC");
  const { form, told } = usePlan(slug, () => ({
    budgetCredits: null,
    hour: null,
    schedules: items.map(({ id, priority }) => ({ id, priority })),
  }));
  return (
    <Notice tone="warn" title={t("shortTitle", { day: last })}>
      <form method="post" noValidate className="grid gap-3" onSubmit={form.submit}>
        <p>{t("short", { needed: credits(needed), left: credits(leftCredits) })}</p>
        {told && <PlanTold plan={told} credits={credits} />}
        <FormFailure text={form.failure ?? form.mistakes.budgetCredits ?? null} />
        <SubmitButton pending={form.pending} className={`justify-self-start ${told ? "btn-spend" : ""}`}>
          {told ? t("apply", { price: credits(told.credits) }) : t("last", { day: last })}
        </SubmitButton>
      </form>
    </Notice>
  );
}
