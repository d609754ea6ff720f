import { useTranslations } from "next-intl";
import type { Run } from "@/lib/tracking/schemas";

/** A run in words; for components of both sides. */
export function useRunWords() {
  const t = useTranslations("client");
  const price = (credits: number) => t("spend.credits", { count: credits });

  /** "Bought 3 of 25 · 6 credits so far" */
  function headline(run: Run): string {
    return run.covers > 1 ? `${t("run.together", { count: run.covers })} · ${progress(run)}` : progress(run);
  }
  function progress(run: Run): string {
    const { state, bought, done, failed, skipped, total, creditsSpent, items } = run;
    if (items && items.total > 0) {
      const { total: all, renewed, absent } = items;
      const text = t(`run.list.${state}`, { items: all, renewed, bought, price: price(creditsSpent) });
      return absent > 0 && state !== "queued" ? `${text} · ${t("run.list.absent", { count: absent })}` : text;
    }
    const asked = total - skipped;
    const facts = { bought, total: asked, price: price(creditsSpent) };
    const free = done - bought - failed - skipped;
    const text = t(`run.headline.${state}`, facts);
    return free > 0 && state !== "queued" ? `${text} · ${t("run.free", { count: free })}` : text;
  }

  /** Why it ended before its end, and that nothing is lost. */
  function reason(run: Run): string {
    const ofList = run.items !== null && run.items.total > 0;
    const kept = t(ofList ? "run.list.kept" : "run.kept");
    if (run.state === "stopped") return kept;
    if (run.problem === "no_older_months") return t("run.problem.no_older_months");
    const code = run.problem ?? "internal";
    if (ofList && code === "max_credits") return `${t("run.list.max_credits")} ${kept}`;
    const own = `run.problem.${code}` as never;
    const shared = `problem.${code}.title` as never;
    const why = t.has(own) ? t(own) : t.has(shared) ? t("run.because", { why: t(shared) }) : t("run.problem.internal");
    return `${why} ${kept}`;
  }

  return { headline, reason };
}
