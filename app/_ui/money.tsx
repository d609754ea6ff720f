import { useLocale } from "next-intl";
import { money, type Price } from "@/lib/platform/format/money";

/** Credits in money, or nothing at all when the team set no price. */
export function Money({ credits, price }: { credits: number; price: Price | null }) {
  const text = money(credits, price, useLocale());
  return text && <span className="num whitespace-nowrap">{text}</span>;
}
