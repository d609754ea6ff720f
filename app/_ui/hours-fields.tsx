"use client";
import { useLocale, useTranslations } from "next-intl";
import { hourText, weekdayText } from "./hour-words";
import { SelectField } from "./select-field";

export type Hours = { digestHour: number; digestWeekday: number; quietFrom: number | null; quietTo: number | null };

type Props = { timing: string; hours: Hours; mistakes: Record<string, string>; timeZone: string };

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** When somebody is told outside of the app: the quiet hours of what comes at once, the hour and day of a digest. */
export function HoursFields({ timing, hours, mistakes, timeZone }: Props) {
  const t = useTranslations("client.alerts");
  const locale = useLocale();
  const select = (name: "digestHour" | "quietFrom" | "quietTo", canBeNone: boolean) => (
    <SelectField label={t(name)} name={name} defaultValue={hours[name] ?? ""} mistake={mistakes[name]}>
      {canBeNone && <option value="">{t("noQuiet")}</option>}
      {HOURS.map((hour) => (
        <option key={hour} value={hour}>
          {hourText(hour)}
        </option>
      ))}
    </SelectField>
  );
  return (
    <>
      {timing === "weekly" && (
        <SelectField
          label={t("weekday")}
          name="digestWeekday"
          defaultValue={hours.digestWeekday}
          mistake={mistakes.digestWeekday}
        >
          {[1, 2, 3, 4, 5, 6, 7].map((nth) => (
            <option key={nth} value={nth}>
              {weekdayText(nth, locale)}
            </option>
          ))}
        </SelectField>
      )}
      {(timing === "daily" || timing === "weekly") && select("digestHour", false)}
      {timing === "at_once" && select("quietFrom", true)}
      {timing === "at_once" && select("quietTo", true)}
      {timing !== "off" && <p className="text-text-3 sm:col-span-2">{t("zone", { zone: timeZone })}</p>}
    </>
  );
}

/** What the fields say; those that are not shown stay as they were. */
export function readHours(form: FormData, before: Hours): Hours {
  const hour = (name: string) => (form.get(name) ? Number(form.get(name)) : null);
  return {
    digestHour: hour("digestHour") ?? before.digestHour,
    digestWeekday: hour("digestWeekday") ?? before.digestWeekday,
    quietFrom: form.has("quietFrom") ? hour("quietFrom") : before.quietFrom,
    quietTo: form.has("quietTo") ? hour("quietTo") : before.quietTo,
  };
}
