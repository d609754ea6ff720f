import { useLocale, useTranslations } from "next-intl";
import { exactNumber } from "@/lib/platform/format/number";
import { sizeOf } from "@/lib/platform/format/size";

/** A number of bytes in words: "15 KB". */
export function useSize(): (bytes: number) => string {
  const t = useTranslations("client.size");
  const locale = useLocale();
  return (bytes) => {
    const { unit, value } = sizeOf(bytes);
    return t(unit, { size: exactNumber(value, locale) });
  };
}
