import { useTranslations } from "next-intl";
import { useAlertWords } from "@/app/_ui/alert-words";
import type { Alert } from "@/lib/alerts/schemas";

/** What happened, in one sentence, and which rule told it. */
export function AlertTitle({ alert, now, timeZone }: { alert: Alert; now: Date; timeZone: string }) {
  const t = useTranslations("alerts");
  const words = useAlertWords(now, timeZone);
  return (
    <div className="mb-3 grid gap-0.5">
      <h2 className="wrap-anywhere">{words.title(alert)}</h2>
      <p className="num text-text-2">{words.facts(alert).slice(1).join(" · ")}</p>
      {alert.ruleName && <p className="wrap-anywhere text-text-3">{t("byRule", { name: alert.ruleName })}</p>}
    </div>
  );
}
