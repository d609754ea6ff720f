import { Check } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useLabels } from "@/app/_ui/labels";
import { SpendButton } from "@/app/_ui/spend-button";
import { SaveSearch } from "@/app/t/[team]/searches/save-search";
import { SandboxButton } from "@/app/t/[team]/settings/key/sandbox-button";
import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import { PRICE_CREDITS, type Question } from "@/lib/insights/schemas";
import { type FirstSteps as Steps, WATCHED_ENOUGH } from "@/lib/tracking/first-steps-schemas";
import { exploreHref } from "./explore/address";
import { HideSteps } from "./hide-steps";

type Props = {
  team: TeamContext["team"];
  role: TeamContext["member"]["role"];
  steps: Steps;
  sandboxPossible: boolean;
  /** What a first ranking asks, or the newest stored one asked. */
  question: Question;
};

/** From a new team to its first habits, each step with its price. None blocks, and none spends by itself. */
export function FirstSteps({ team, role, steps, sandboxPossible, question }: Props) {
  const t = useTranslations("firstSteps");
  const explore = useTranslations("explore");
  const labels = useLabels();
  const { slug } = team;
  const ranking = exploreHref(slug, { question });
  const free = labels.credits(0);
  const mayTrack = allows(role, "tracking:write");
  return (
    <section aria-labelledby="first-steps" className="sheet max-w-[46rem] p-4 sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
        <div>
          <h2 id="first-steps" className="text-[1rem]">
            {t("title")}
          </h2>
          <p className="mt-0.5 text-pretty text-text-2">{t("lead")}</p>
        </div>
        <HideSteps slug={slug} hidden={false} words={{ act: t("hide"), done: t("hidden"), undo: t("undo") }} />
      </div>
      <ol className="mt-4 grid gap-4">
        <Step number={1} title={t("connect")} done={steps.connected} aside={free}>
          <p className="text-pretty text-text-2">{t(allows(role, "key:write") ? "connectText" : "connectViewer")}</p>
          {allows(role, "key:write") && (
            <div className="mt-2.5 flex flex-wrap items-start gap-2">
              {sandboxPossible && <SandboxButton slug={slug} label={t("useSandbox")} />}
              <Link href={`/t/${slug}/settings/key`} prefetch={false} className="btn">
                {t("connectAction")}
              </Link>
            </div>
          )}
        </Step>
        <Step number={2} title={t("fetch")} done={steps.fetched} aside={labels.credits(PRICE_CREDITS)}>
          <p className="text-pretty text-text-2">
            {steps.connected ? t("fetchText", { question: labels.question(question) }) : t("fetchLater")}
          </p>
          {steps.connected && (
            <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-2">
              <SpendButton
                slug={slug}
                label={explore("fetch", { price: labels.credits(PRICE_CREDITS) })}
                priceCredits={PRICE_CREDITS}
                question={question}
                canSpend={allows(role, "insights:buy")}
                timeZone={team.timeZone}
                then={ranking}
                className="max-sm:w-full"
              />
              <Link href={ranking} prefetch={false} className="link text-text-2">
                {t("otherQuestion")}
              </Link>
            </div>
          )}
        </Step>
        <Step number={3} title={t("save")} done={steps.saved} aside={free}>
          <p className="text-pretty text-text-2">{t("saveText")}</p>
          {steps.fetched && mayTrack && (
            <p className="mt-2.5">
              <SaveSearch
                slug={slug}
                question={question}
                name={labels.question({ ...question, page: 1 })}
                page={question.page}
              />
            </p>
          )}
        </Step>
        <Step
          number={4}
          title={t("watch")}
          done={steps.watched >= WATCHED_ENOUGH}
          aside={steps.watched > 0 ? t("watched", { count: steps.watched, of: WATCHED_ENOUGH, price: free }) : free}
        >
          <p className="text-pretty text-text-2">{t("watchText")}</p>
          {steps.fetched && mayTrack && (
            <p className="mt-2.5">
              <Link href={ranking} prefetch={false} className="btn">
                {t("watchAction")}
              </Link>
            </p>
          )}
        </Step>
        <Step number={5} title={t("invite")} done={steps.invited} aside={free}>
          <p className="text-pretty text-text-2">{t(allows(role, "members:write") ? "inviteText" : "inviteViewer")}</p>
          {allows(role, "members:write") && (
            <p className="mt-2.5">
              <Link href={`/t/${slug}/settings/members`} prefetch={false} className="btn">
                {t("inviteAction")}
              </Link>
            </p>
          )}
        </Step>
      </ol>
    </section>
  );
}

type StepProps = { number: number; title: string; done: boolean; aside: string; children: ReactNode };

function Step({ number, title, done, aside, children }: StepProps) {
  const t = useTranslations("firstSteps");
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
          <span className="num text-text-3 text-xs">{done ? t("done") : aside}</span>
        </p>
        {!done && children}
      </div>
    </li>
  );
}
