"use client";
import { LoaderCircle } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { ConfirmSpend } from "./confirm-spend";
import { SpendProblem } from "./spend-problem";
import { useAwake } from "./use-awake";
import { useSpend } from "./use-spend";

type Question = { region: string; window: string; category?: string | undefined; q?: string | undefined; page: number };

type Props = {
  slug: string;
  /** Ends with the price: "Refresh · 2 credits". */
  label: string;
  priceCredits: number;
  question: Question;
  /** 0 asks for an answer newer than the press; left out, a fresh stored one serves for nothing. */
  maxAgeMinutes?: 0;
  canSpend: boolean;
  timeZone: string;
  /** Where to go once it is there. */
  then?: string;
  className?: string;
};

/** The button that buys one page of a ranking, and beside it whatever came of the press. */
export function SpendButton(props: Props) {
  const { slug, label, priceCredits, question, maxAgeMinutes, canSpend, timeZone, then, className = "" } = props;
  const t = useTranslations("client");
  const router = useRouter();
  const awake = useAwake();
  const body = { ...question, ...(maxAgeMinutes === undefined ? {} : { maxAgeMinutes }) };
  const spend = useSpend<{ source: "bought" | "stored" | "shared"; creditsSpent: number }>(
    `/api/v1/insights?team=${encodeURIComponent(slug)}`,
    body,
  );

  async function press() {
    const answer = await spend.press();
    if (!answer) return;
    toast(t(`toast.${answer.source}`, { price: t("spend.credits", { count: answer.creditsSpent }) }));
    if (then) router.push(then);
  }

  return (
    <>
      <button
        type="button"
        className={`btn btn-spend ${className}`}
        onClick={press}
        disabled={!awake || !canSpend || spend.pending}
        aria-busy={spend.pending}
        data-asleep={!awake && canSpend ? "" : undefined}
        title={canSpend ? undefined : t("spend.viewer")}
      >
        {spend.pending && <LoaderCircle size={14} aria-hidden="true" className="-ml-0.5 animate-spin" />}
        {label}
      </button>
      {!canSpend && <p className="w-full text-right text-text-3 text-xs max-sm:text-left">{t("spend.viewer")}</p>}
      <span role="status" className="sr-only">
        {spend.pending ? t("spend.pending") : ""}
      </span>
      <ConfirmSpend asked={spend.asked} decide={spend.decide} />
      {spend.problem && (
        <div className="order-last w-full">
          <SpendProblem
            problem={spend.problem}
            priceCredits={priceCredits}
            slug={slug}
            timeZone={timeZone}
            onDismiss={spend.dismiss}
          />
        </div>
      )}
    </>
  );
}
