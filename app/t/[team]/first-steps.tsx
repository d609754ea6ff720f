import { Check } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useLabels } from "@/app/_ui/labels";
import { SpendButton } from "@/app/_ui/spend-button";
import { PRICE_CREDITS, type Question } from "@/lib/insights/schemas";
import { exploreHref } from "./explore/address";

type Props = {
  slug: string;
  connected: boolean;
  fetched: boolean;
  mayConnect: boolean;
  canSpend: boolean;
  question: Question;
  timeZone: string;
};

/** From a new team to its first ranking: two steps, each with its price. */
export function FirstSteps({ slug, connected, fetched, mayConnect, canSpend, question, timeZone }: Props) {
  const t = useTranslations("home");
  const explore = useTranslations("explore");
  const labels = useLabels();
  const place = exploreHref(slug, { question });
  return (
    <section className="sheet max-w-[46rem] p-4 sm:p-5">
      <h2 className="text-[1rem]">{t("startTitle")}</h2>
      <p className="mt-0.5 text-text-2">{t("startLead")}</p>
      <ol className="mt-4 grid gap-4">
        <Step
          number={1}
          title={t("stepConnect")}
          done={connected}
          doneText={t("stepDone")}
          aside={t("stepConnectCost")}
        >
          {!connected && (
            <>
              <p className="text-pretty text-text-2">{t(mayConnect ? "stepConnectText" : "stepConnectViewer")}</p>
              {mayConnect && (
                <p className="mt-2.5">
                  <Link href={`/t/${slug}/settings/key`} prefetch={false} className="btn btn-primary">
                    {t("stepConnectAction")}
                  </Link>
                </p>
              )}
            </>
          )}
        </Step>
        <Step
          number={2}
          title={t("stepFetch")}
          done={fetched}
          doneText={t("stepDone")}
          aside={labels.credits(PRICE_CREDITS)}
        >
          {!fetched && (
            <>
              <p className="text-pretty text-text-2">
                {connected ? t("stepFetchText", { question: labels.question(question) }) : t("stepFetchLater")}
              </p>
              {connected && (
                <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-2">
                  <SpendButton
                    slug={slug}
                    label={explore("fetch", { price: labels.credits(PRICE_CREDITS) })}
                    priceCredits={PRICE_CREDITS}
                    question={question}
                    canSpend={canSpend}
                    timeZone={timeZone}
                    then={place}
                    className="max-sm:w-full"
                  />
                  <Link href={place} prefetch={false} className="link text-text-2">
                    {t("otherQuestion")}
                  </Link>
                </div>
              )}
            </>
          )}
        </Step>
      </ol>
    </section>
  );
}

type StepProps = {
  number: number;
  title: string;
  done: boolean;
  doneText: string;
  aside: string;
  children: ReactNode;
};

function Step({ number, title, done, doneText, aside, children }: StepProps) {
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-2.5">
      <span
        aria-hidden="true"
        className={`num grid size-6 place-items-center rounded-full border text-xs ${
          done ? "border-accent bg-accent text-accent-text" : "border-line-strong text-text-2"
        }`}
      >
        {done ? <Check size={13} /> : number}
      </span>
      <div className="min-w-0">
        <p className="flex min-h-6 flex-wrap items-center justify-between gap-x-3">
          <strong className="font-semibold">{title}</strong>
          <span className="num text-text-3 text-xs">{done ? doneText : aside}</span>
        </p>
        {children}
      </div>
    </li>
  );
}
