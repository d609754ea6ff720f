import { useLocale, useTranslations } from "next-intl";
import { useRunWords } from "@/app/_ui/run-words";
import { fullMoment, moment } from "@/lib/platform/format/date";
import type { Run } from "@/lib/tracking/schemas";

type Props = { runs: Run[]; now: Date; timeZone: string };

/** The runs of a search, newest first: when, by whom, what came of each, and why it ended early. */
export function PastRuns({ runs, now, timeZone }: Props) {
  const t = useTranslations("searches");
  const locale = useLocale();
  const words = useRunWords();
  return (
    <ul aria-label={t("pastRuns")} className="num divide-y divide-line">
      {runs.map((run) => (
        <li key={run.id} className="grid gap-x-4 px-3.5 py-2 sm:grid-cols-[8rem_minmax(0,1fr)]">
          <time
            dateTime={run.requestedAt}
            title={fullMoment(run.requestedAt, locale, timeZone)}
            className="text-text-3"
          >
            {moment(run.requestedAt, now, locale, timeZone)}
          </time>
          <div>
            <p>
              {run.kind === "backfill" && `${t("backfillRun")} · `}
              {words.headline(run)}
            </p>
            <p className="text-text-3 text-xs">
              {run.member.name}
              {(run.state === "failed" || run.state === "stopped") && ` · ${words.reason(run)}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
