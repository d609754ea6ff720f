"use client";
import { useTranslations } from "next-intl";
import { Notice } from "@/app/_ui/notice";
import type { AlertRule } from "@/lib/alerts/schemas";
import type { Option, RuleOptions } from "./rule-choices";

/** What somebody else made of a rule meanwhile, in the words of its form. */
export function TheirRule({ rule, options }: { rule: AlertRule; options: RuleOptions }) {
  const t = useTranslations("client.alerts");
  const { name, condition, metric, value, against, cooldownHours, region, window, webhookIds } = rule;
  const label = (items: readonly Option[], one: string | null) =>
    items.find((item) => item.value === one)?.label ?? one ?? "";
  const about = rule.scopeName ?? rule.categoryName ?? rule.categoryId ?? "";
  const facts = [
    [t("scope"), [about, label(options.regions, region), label(options.windows, window)].filter(Boolean).join(" · ")],
    [t("condition"), [t(`conditions.${condition}`), ...(value === null ? [] : [value])].join(" ")],
    ...(metric ? [[t("metric"), options.metrics[metric]]] : []),
    ...(against ? [[t("against"), t(`againsts.${against}`)]] : []),
    [t("cooldown"), t("pause", { hours: cooldownHours })],
    ...(webhookIds.length > 0 ? [[t("webhooks"), webhookIds.map((id) => label(options.webhooks, id)).join(", ")]] : []),
    ...(name ? [[t("name"), name]] : []),
  ];
  return (
    <Notice tone="warn" title={t("theirsTitle")}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
        {facts.map(([word, text]) => (
          <div key={word} className="contents">
            <dt className="text-text-3">{word}</dt>
            <dd className="wrap-anywhere">{text}</dd>
          </div>
        ))}
      </dl>
      <p className="text-text-2">{t("theirsNext")}</p>
    </Notice>
  );
}
