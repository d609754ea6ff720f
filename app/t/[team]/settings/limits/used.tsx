"use client";
import { useLocale, useTranslations } from "next-intl";
import { exactNumber } from "@/lib/platform/format/number";

type Props = { spent: number; held: number; limit: number | null };

/** What is used of a limit, as a bar with its words. */
export function Used({ spent, held, limit }: Props) {
  const t = useTranslations("client.limits");
  const locale = useLocale();
  const number = (value: number) => exactNumber(value, locale);
  const text =
    limit === null
      ? t("used", { spent: number(spent), held: number(held) })
      : t("usedLeft", { spent: number(spent), held: number(held), left: number(Math.max(0, limit - spent - held)) });
  return (
    <div className="grid gap-1">
      <UsedBar spent={spent} held={held} limit={limit} />
      <p className="num text-text-2 text-xs">{text}</p>
    </div>
  );
}

/** The share of a limit that is spent, and that is held; empty without a limit. The figures stand beside it. */
export function UsedBar({ spent, held, limit }: Props) {
  const share = (value: number) => (limit === null ? "0%" : limit === 0 ? "100%" : `${(value / limit) * 100}%`);
  const isFull = limit !== null && spent + held >= limit;
  return (
    <span aria-hidden="true" className="flex h-[4px] overflow-hidden rounded-full bg-sunk">
      <span className={isFull ? "bg-bad" : "bg-accent"} style={{ width: share(spent) }} />
      <span className="bg-line-strong" style={{ width: share(held) }} />
    </span>
  );
}
