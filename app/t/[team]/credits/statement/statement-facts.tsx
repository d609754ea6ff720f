import { useLocale, useTranslations } from "next-intl";
import type { Statement } from "@/lib/credits/read-statement";
import { priceOfOne } from "@/lib/platform/format/money";

type Props = { statement: Statement; team: { name: string; timeZone: string } };

/** Whose statement it is, of what, and at which price. */
export function StatementFacts({ statement, team }: Props) {
  const t = useTranslations("statement");
  const locale = useLocale();
  const { keys, price, upstream } = statement;
  const facts = [
    [t("team"), team.name],
    [t("zone"), team.timeZone.replaceAll("_", " ")],
    [t("source"), t(upstream ?? "none")],
    [t("keys"), keys.map((lastFour) => t("keyEnding", { lastFour })).join(", ") || "—"],
    [t("price"), price ? priceOfOne(price, locale) : t("noPrice")],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-5 print:grid-cols-5">
      {facts.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="text-text-3 text-xs">{label}</dt>
          <dd className="wrap-anywhere font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
