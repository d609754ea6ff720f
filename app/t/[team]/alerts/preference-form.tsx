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
import { ALERT_MAILS } from "@/lib/alerts/choices";
import type { AlertPreference } from "@/lib/alerts/schemas";

type Props = { slug: string; preference: AlertPreference; timeZone: string; isOwner: boolean };

/** What one may hear of, with the fields of both ways. */
const SUBJECTS = [
  { subject: "alerts", inApp: "inApp", mailed: "alertsMailed" },
  { subject: "limits", inApp: "limitsInApp", mailed: "limitsMailed" },
  { subject: "provider", inApp: "providerInApp", mailed: "providerMailed" },
] as const;
type Wish = (typeof SUBJECTS)[number]["inApp" | "mailed"];

/** How one hears of what: in the app, by mail at once or as a digest, and when mails wait. */
export function PreferenceForm({ slug, preference, timeZone, isOwner }: Props) {
  const t = useTranslations("client.alerts");
  const router = useRouter();
  const [mail, setMail] = useState(preference.mail);
  const isFixed = (wish: Wish) => (wish === "limitsInApp" ? isOwner : wish.endsWith("Mailed") && mail === "off");
  // What cannot be chosen just now stays as it was.
  const wished = (form: FormData, wish: Wish) => (isFixed(wish) ? preference[wish] : form.get(wish) === "on");
  const { submit, pending, mistakes, failure } = useJsonForm<AlertPreference>({
    path: `/api/v1/alerts/preference?team=${encodeURIComponent(slug)}`,
    method: "PUT",
    read: (form) => ({
      hears: form.get("hears"),
      ...Object.fromEntries(
        SUBJECTS.flatMap(({ inApp, mailed }) => [inApp, mailed]).map((one) => [one, wished(form, one)]),
      ),
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
      <table className="w-full max-w-[32rem]" aria-label={t("subjects.heading")}>
        <thead>
          <tr>
            <th scope="col" className="text-left">
              {t("subjects.heading")}
            </th>
            <th scope="col" className="px-2">
              {t("subjects.inApp")}
            </th>
            <th scope="col" className="px-2">
              {t("mail")}
            </th>
          </tr>
        </thead>
        <tbody>
          {SUBJECTS.map(({ subject, inApp, mailed }) => (
            <tr key={subject} className="border-line border-t">
              <th scope="row" className="py-1.5 text-left font-normal">
                {t(`subjects.${subject}`)}
              </th>
              {([inApp, mailed] as const).map((wish) => (
                <td key={wish} className="px-2 text-center">
                  <input
                    type="checkbox"
                    name={wish}
                    defaultChecked={preference[wish]}
                    disabled={isFixed(wish)}
                    aria-label={t(wish === inApp ? "subjects.toldInApp" : "subjects.told", {
                      subject: t(`subjects.${subject}`),
                    })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {isOwner && <p className="text-text-3">{t("subjects.owner")}</p>}
      <FormFailure text={failure} />
      <SubmitButton pending={pending} className="justify-self-start">
        {t("saveWish")}
      </SubmitButton>
    </form>
  );
}
