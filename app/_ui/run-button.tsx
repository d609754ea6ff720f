"use client";
import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { ConfirmSpend } from "./confirm-spend";
import { SpendProblem } from "./spend-problem";
import { useAwake } from "./use-awake";
import { useSpend } from "./use-spend";

type Props = {
  slug: string;
  /** The route that starts the run, without the team. */
  path: string;
  /** What the route is asked beside the price. */
  body?: Record<string, unknown>;
  /** Ends with the price: "Run · 6 credits". */
  label: string;
  /** What the label says: the run spends no credit above it. */
  priceCredits: number;
  /** 0 renews everything; left out, what is fresh serves for nothing. */
  maxAgeMinutes?: 0;
  canSpend: boolean;
  timeZone: string;
  className?: string;
};

/** Puts a run into the queue for the price on the button; the page, read anew, shows its progress. */
export function RunButton(props: Props) {
  const { slug, path, body, label, priceCredits, maxAgeMinutes, canSpend, timeZone, className = "" } = props;
  const t = useTranslations("client");
  const awake = useAwake();
  const spend = useSpend<{ runId: string }>(`/api/v1${path}?team=${encodeURIComponent(slug)}`, {
    ...body,
    maxCredits: priceCredits,
    ...(maxAgeMinutes === undefined ? {} : { maxAgeMinutes }),
  });
  return (
    <>
      <button
        type="button"
        className={`btn ${priceCredits > 0 ? "btn-spend" : ""} ${className}`}
        onClick={() => void spend.press()}
        disabled={!awake || !canSpend || spend.pending}
        aria-busy={spend.pending}
        data-asleep={!awake && canSpend ? "" : undefined}
        title={canSpend ? undefined : t("spend.viewer")}
      >
        {spend.pending && <LoaderCircle size={14} aria-hidden="true" className="-ml-0.5 animate-spin" />}
        {label}
      </button>
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
