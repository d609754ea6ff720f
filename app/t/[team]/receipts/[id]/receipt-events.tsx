import { useLocale, useTranslations } from "next-intl";
import type { ReceiptEvent } from "@/lib/insights/schemas";
import { fullMoment } from "@/lib/platform/format/date";

type Props = { events: ReceiptEvent[]; timeZone: string };

/** Every step of the request in order, corrections with who made them and why. */
export function ReceiptEvents({ events, timeZone }: Props) {
  const t = useTranslations("receipts");
  const locale = useLocale();
  return (
    <section className="sheet" aria-labelledby="receipt-events">
      <h2 id="receipt-events" className="px-3.5 pt-3 pb-1.5 sm:px-4">
        {t("eventsTitle")}
      </h2>
      <ol className="num px-3.5 pb-2 sm:px-4">
        {events.map((event) => (
          <li key={event.seq} className="grid grid-cols-[minmax(0,1fr)_max-content] gap-x-4 border-line border-t py-2">
            <Step event={event} />
            <span className="text-right">{signed(event.credits)}</span>
            <time dateTime={event.at} className="col-span-2 text-text-3 text-xs">
              {fullMoment(event.at, locale, timeZone)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );

  /** What a step adds to the charged credits; most add nothing. */
  function signed(credits: number): string {
    if (credits === 0) return "0";
    return credits > 0 ? `+${credits}` : `\u2212${-credits}`;
  }
}

function Step({ event }: { event: ReceiptEvent }) {
  const t = useTranslations("receipts");
  const credits = useTranslations("credits");
  const { kind, state, basis, problem, by, reason } = event;
  const problemKey = `problems.${problem}` as never;
  return (
    <span className="min-w-0 break-words">
      {kind === "correction" ? t("kind.correction", { state: t(`state.${state}`) }) : t(`kind.${kind}`)}
      {basis && (
        <span className="text-text-3" title={credits(`basisHint.${basis}`)}>
          {" "}
          {credits("basisNote", { basis: credits(`basis.${basis}`) })}
        </span>
      )}
      {problem && (
        <span className="block text-text-3 text-xs">{credits.has(problemKey) ? credits(problemKey) : problem}</span>
      )}
      {by && <span className="block text-text-2 text-xs">{t("eventBy", { name: by })}</span>}
      {reason && <q className="block text-text-2 text-xs">{reason}</q>}
    </span>
  );
}
