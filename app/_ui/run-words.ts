import { useTranslations } from "next-intl";
import type { Run } from "@/lib/tracking/schemas";

/** A run in words; for components of both sides. */
export function useRunWords() {
  const t = useTranslations("client");
  const price = (credits: number) => t("spend.credits", { count: credits });

  /** "Bought 3 of 25 · 6 credits so far" */
  function headline(run: Run): string {
    const { state, bought, done, failed, skipped, total, creditsSpent } = run;
    const asked = total - skipped;
    const facts = { bought, total: asked, price: price(creditsSpent) };
    const free = done - bought - failed - skipped;
    const text = t(`run.headline.${state}`, facts);
    return free > 0 && state !== "queued" ? `${text} · ${t("run.free", { count: free })}` : text;
  }

  /** Why it ended before its end, and that nothing is lost. */
  function reason(run: Run): string {
    if (run.state === "stopped") return t("run.kept");
    if (run.problem === "no_older_months") return t("run.problem.no_older_months");
    const code = run.problem ?? "internal";
    const own = `run.problem.${code}` as never;
    const shared = `problem.${code}.title` as never;
    const why = t.has(own) ? t(own) : t.has(shared) ? t("run.because", { why: t(shared) }) : t("run.problem.internal");
    return `${why} ${t("run.kept")}`;
  }

  return { headline, reason };
}
