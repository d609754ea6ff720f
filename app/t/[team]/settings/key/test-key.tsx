"use client";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { ConfirmSpend } from "@/app/_ui/confirm-spend";
import { SpendProblem } from "@/app/_ui/spend-problem";
import { useAwake } from "@/app/_ui/use-awake";
import { useSpend } from "@/app/_ui/use-spend";

type Props = { slug: string; timeZone: string; priceCredits: number; label: string; canSpend: boolean };

/** Buys one page with the saved key, to see whether the provider takes it. */
export function TestKey({ slug, timeZone, priceCredits, label, canSpend }: Props) {
  const t = useTranslations("client");
  const awake = useAwake();
  const test = useSpend<{ creditsSpent: number }>(`/api/v1/key/test?team=${encodeURIComponent(slug)}`, {});

  async function press() {
    const tested = await test.press();
    if (tested) toast(t("toast.keyTested", { price: t("spend.credits", { count: tested.creditsSpent }) }));
  }

  return (
    <>
      <button
        type="button"
        className="btn btn-spend"
        disabled={!awake || !canSpend || test.pending}
        aria-busy={test.pending}
        data-asleep={!awake && canSpend ? "" : undefined}
        onClick={press}
      >
        {label}
      </button>
      <ConfirmSpend asked={test.asked} decide={test.decide} />
      {test.problem && (
        <div className="order-last w-full">
          <SpendProblem
            problem={test.problem}
            priceCredits={priceCredits}
            slug={slug}
            timeZone={timeZone}
            hideNext
            onDismiss={test.dismiss}
          />
        </div>
      )}
    </>
  );
}
