"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { HoursFields, readHours } from "@/app/_ui/hours-fields";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { ALERT_MAILS, type AlertPreference } from "@/lib/alerts/schemas";

type Props = { slug: string; preference: AlertPreference; timeZone: string };

/** How one hears of alerts: of which rules, in the app, by mail at once or as a digest, and when mails wait. */
export function PreferenceForm({ slug, preference, timeZone }: Props) {
  const t = useTranslations("client.alerts");
  const router = useRouter();
  const [mail, setMail] = useState(preference.mail);
  const { submit, pending, mistakes, failure } = useJsonForm<AlertPreference>({
    path: `/api/v1/alerts/preference?team=${encodeURIComponent(slug)}`,
    method: "PUT",
    read: (form) => ({
      hears: form.get("hears"),
      inApp: form.get("inApp") === "on",
      mail: form.get("mail"),
      ...readHours(form, preference),
    }),
    onDone: () => {
      toast(t("wishSaved"));
      router.refresh();
    },
  });
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
        <HoursFields timing={mail} hours={preference} mistakes={mistakes} timeZone={timeZone} />
      </div>
      <label className="flex items-center gap-2">
        <input type="checkbox" name="inApp" defaultChecked={preference.inApp} />
        {t("inApp")}
      </label>
      <FormFailure text={failure} />
      <SubmitButton pending={pending} className="justify-self-start">
        {t("saveWish")}
      </SubmitButton>
    </form>
  );
}
