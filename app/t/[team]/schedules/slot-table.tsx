import { useLocale, useTranslations } from "next-intl";
import { SaveFoot } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { moment } from "@/lib/platform/format/date";
import type { Slot } from "@/lib/schedules/schemas";
import { useSlotWords } from "./slot-words";

type Props = {
  slots: (Slot & { name: string })[];
  /** All of them as a file. */
  fileHref: string;
  now: Date;
  timeZone: string;
};

/** What came of each moment, newest first. */
export function SlotTable({ slots, fileHref, now, timeZone }: Props) {
  const t = useTranslations("schedules");
  const locale = useLocale();
  const words = useSlotWords(now, timeZone);
  return (
    <>
      <ScrollRegion label={t("history")} className="overflow-x-auto">
        <table className="table" aria-label={t("history")}>
          <thead>
            <tr>
              <th scope="col" className="l">
                {t("name")}
              </th>
              <th scope="col" className="l">
                {t("due")}
              </th>
              <th scope="col" className="l">
                {t("outcome")}
              </th>
              <th scope="col">{t("credits")}</th>
            </tr>
          </thead>
          <tbody>
            {slots.map((slot) => (
              <tr key={`${slot.scheduleId} ${slot.dueAt}`}>
                <th scope="row" className="name l">
                  {slot.name}
                </th>
                <td className="l num text-text-2">
                  {moment(slot.dueAt, now, locale, timeZone)}
                  {slot.byHand && ` · ${t("byHand")}`}
                </td>
                <td className="l text-text-2">
                  {words.outcome(slot)}
                  {slot.missed > 0 && (
                    <span className="block text-text-3 text-xs">{t("missed", { count: slot.missed })}</span>
                  )}
                </td>
                <td className="num">{slot.credits}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <SaveFoot href={fileHref} name={t("history")} />
    </>
  );
}
