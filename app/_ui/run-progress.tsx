"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Run } from "@/lib/tracking/schemas";
import { useRunWords } from "./run-words";
import { useAwake } from "./use-awake";
import { useRun } from "./use-run";

type Props = {
  slug: string;
  /** The newest run, as the server read it: so progress survives a reload. */
  run: Run;
  /** Its starter, and admins. */
  canStop: boolean;
  /** How to go on after a run that ended before its end; its button names the price. */
  children?: ReactNode;
};

/** How a run stands, with its way to stop; afterwards what came of it, why, and how to go on. */
export function RunProgress({ slug, run: fromServer, canStop, children }: Props) {
  const t = useTranslations("client.run");
  const awake = useAwake();
  const { run, underWay, stop, stopping, problem } = useRun(slug, fromServer);
  const words = useRunWords();
  const isShort = run.state === "failed" || run.state === "stopped";
  return (
    <section
      aria-label={t("label")}
      className={`notice num ${run.state === "failed" ? "notice-warn" : ""}`}
      data-state={run.state}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div role="status" className="grow">
          <p className="font-semibold">{words.headline(run)}</p>
          {(isShort || run.problem === "no_older_months") && <p className="text-text-2">{words.reason(run)}</p>}
        </div>
        {underWay && canStop && (
          <button type="button" className="btn" onClick={stop} disabled={!awake || stopping} aria-busy={stopping}>
            {stopping ? t("stopping") : t("stop")}
          </button>
        )}
        {isShort && children}
      </div>
      {underWay && (
        <progress className="run-bar mt-1.5" aria-label={t("label")} max={Math.max(1, run.total)} value={run.done} />
      )}
      {problem && (
        <p role="alert" className="mt-1">
          {problem.detail ?? t("stopFailed")}
        </p>
      )}
    </section>
  );
}
