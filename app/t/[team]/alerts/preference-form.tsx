"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { ALERT_MAILS, type AlertPreference } from "@/lib/alerts/schemas";

type Props = { slug: string; preference: AlertPreference; timeZone: string };

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** A Monday, for the names of the days. */
const MONDAY = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;

/** How one hears of alerts: of which rules, in the app, by mail at once or as a digest, and when mails wait. */
export function PreferenceForm({ slug, preference, timeZone }: Props) {
  const t = useTranslations("client.alerts");
  const locale = useLocale();
  const router = useRouter();
  const [mail, setMail] = useState(preference.mail);
  const { submit, pending, mistakes, failure } = useJsonForm<AlertPreference>({
    path: `/api/v1/alerts/preference?team=${encodeURIComponent(slug)}`,
    method: "PUT",
    read: (form) => {
      const hour = (name: string) => (form.get(name) ? Number(form.get(name)) : null);
      return {
        hears: form.get("hears"),
        inApp: form.get("inApp") === "on",
        mail: form.get("mail"),
        digestHour: hour("digestHour") ?? preference.digestHour,
        digestWeekday: hour("digestWeekday") ?? preference.digestWeekday,
        quietFrom: mail === "at_once" ? hour("quietFrom") : preference.quietFrom,
        quietTo: mail === "at_once" ? hour("quietTo") : preference.quietTo,
      };
    },
    onDone: () => {
      toast(t("wishSaved"));
      router.refresh();
    },
  });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const hours = (name: "digestHour" | "quietFrom" | "quietTo", canBeNone: boolean) => (
    <SelectField label={t(name)} name={name} defaultValue={preference[name] ?? ""} mistake={mistakes[name]}>
      {canBeNone && <option value="">{t("noQuiet")}</option>}
      {HOURS.map((hour) => (
        <option key={hour} value={hour}>
          {`${String(hour).padStart(2, "0")}:00`}
        </option>
      ))}
    </SelectField>
  );
  return (
    <form method="post" noValidate autoComplete="off" onSubmit={submit} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField label={t("hears")} name="hears" defaultValue={preference.hears} mistake={mistakes.hears}>
          <option value="own">{t("hearsOwn")}</option>
          <option value="all">{t("hearsAll")}</option>
        </SelectField>
        <SelectField
          label={t("mail")}
          name="mail"
          value={mail}
          onChange={({ target }) => setMail(target.value as AlertPreference["mail"])}
          mistake={mistakes.mail}
        >
          {ALERT_MAILS.map((one) => (
            <option key={one} value={one}>
              {t(`mails.${one}`)}
            </option>
          ))}
        </SelectField>
        {mail === "weekly" && (
          <SelectField
            label={t("weekday")}
            name="digestWeekday"
            defaultValue={preference.digestWeekday}
            mistake={mistakes.digestWeekday}
          >
            {[1, 2, 3, 4, 5, 6, 7].map((nth) => (
              <option key={nth} value={nth}>
                {weekday.format(new Date(MONDAY + (nth - 1) * DAY_MS))}
              </option>
            ))}
          </SelectField>
        )}
        {(mail === "daily" || mail === "weekly") && hours("digestHour", false)}
        {mail === "at_once" && hours("quietFrom", true)}
        {mail === "at_once" && hours("quietTo", true)}
      </div>
      <label className="flex items-center gap-2">
        <input type="checkbox" name="inApp" defaultChecked={preference.inApp} />
        {t("inApp")}
      </label>
      {mail !== "off" && <p className="text-text-3">{t("zone", { zone: timeZone })}</p>}
      <FormFailure text={failure} />
      <SubmitButton pending={pending} className="justify-self-start">
        {t("saveWish")}
      </SubmitButton>
    </form>
  );
}
