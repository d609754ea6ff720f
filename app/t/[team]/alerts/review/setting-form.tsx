"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { hourText, weekdayText } from "@/app/_ui/hour-words";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { ReviewSetting } from "@/lib/reviews/schemas";

type Props = { slug: string; setting: ReviewSetting; timeZone: string };

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Whether and when the review goes out. */
export function SettingForm({ slug, setting, timeZone }: Props) {
  const t = useTranslations("client.reviews");
  const locale = useLocale();
  const router = useRouter();
  const { submit, pending, mistakes, failure } = useJsonForm<ReviewSetting>({
    path: `/api/v1/reviews/setting?team=${encodeURIComponent(slug)}`,
    method: "PUT",
    read: (form) => ({
      isOn: form.get("isOn") === "on",
      weekday: Number(form.get("weekday")),
      hour: Number(form.get("hour")),
    }),
    onDone: () => {
      toast(t("saved"));
      router.refresh();
    },
  });
  return (
    <form method="post" noValidate autoComplete="off" onSubmit={submit} className="grid gap-3">
      <label className="flex items-center gap-2">
        <input type="checkbox" name="isOn" defaultChecked={setting.isOn} />
        {t("isOn")}
      </label>
      <div className="grid grid-cols-2 gap-3">
        <SelectField label={t("weekday")} name="weekday" defaultValue={setting.weekday} mistake={mistakes.weekday}>
          {[1, 2, 3, 4, 5, 6, 7].map((nth) => (
            <option key={nth} value={nth}>
              {weekdayText(nth, locale)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("hour")} name="hour" defaultValue={setting.hour} mistake={mistakes.hour}>
          {HOURS.map((hour) => (
            <option key={hour} value={hour}>
              {hourText(hour)}
            </option>
          ))}
        </SelectField>
      </div>
      <p className="text-text-3">{t("zone", { zone: timeZone })}</p>
      <FormFailure text={failure} />
      <SubmitButton pending={pending} className="justify-self-start">
        {t("saveSetting")}
      </SubmitButton>
    </form>
  );
}
