"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { Notice } from "@/app/_ui/notice";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { TeamSettings } from "@/lib/teams/schemas";

type Choice = { value: string; name: string };

type Props = {
  settings: TeamSettings;
  /** Named on the server: a browser's own lists differ. */
  choices: Record<(typeof SELECTS)[number], Choice[]>;
  mayWrite: boolean;
};

const FIELDS = [
  "name",
  "slug",
  "timeZone",
  "memberLanguage",
  "defaultRegion",
  "defaultWindow",
  "freshnessMinutes",
  "secondFactorRequired",
] as const satisfies readonly (keyof TeamSettings)[];
type Field = (typeof FIELDS)[number];
const SELECTS = ["timeZone", "memberLanguage", "defaultRegion", "defaultWindow", "secondFactorRequired"] as const;

/** What a team decides about itself. When somebody else was faster, theirs is shown and what was typed stays. */
export function GeneralForm({ settings, choices, mayWrite }: Props) {
  const t = useTranslations("client.general");
  const toasts = useTranslations("client.toast");
  const router = useRouter();
  // What the form began with: what differs from it was typed here.
  const [start, setStart] = useState(settings);
  const [theirs, setTheirs] = useState<TeamSettings | null>(null);
  const path = `/api/v1/team?team=${encodeURIComponent(settings.slug)}`;
  const { submit, pending, mistakes, failure } = useJsonForm<TeamSettings>({
    path,
    method: "PATCH",
    read: (data) => {
      const typed: Record<Field, unknown> = {
        name: data.get("name"),
        slug: data.get("slug"),
        timeZone: data.get("timeZone"),
        memberLanguage: data.get("memberLanguage") || null,
        defaultRegion: data.get("defaultRegion"),
        defaultWindow: data.get("defaultWindow"),
        secondFactorRequired: data.get("secondFactorRequired") === "true",
        freshnessMinutes: Number(data.get("freshnessMinutes") || Number.NaN),
      };
      const changed = FIELDS.filter((field) => typed[field] !== start[field]);
      return {
        ...Object.fromEntries(changed.map((field) => [field, typed[field]])),
        version: (theirs ?? start).version,
      };
    },
    onDone: (saved) => {
      setTheirs(null);
      setStart(saved);
      toast(toasts("saved"));
      if (saved.slug === settings.slug) router.refresh();
      else window.location.assign(`/t/${saved.slug}/settings/general`);
    },
    onRefused: async ({ reason }) => {
      if (reason !== "edited_meanwhile") return;
      const now = await callApi<TeamSettings>(path, { method: "GET" });
      if (now.ok) setTheirs(now.data);
    },
  });

  const shown = (field: Field, value: TeamSettings[Field]) =>
    SELECTS.includes(field as (typeof SELECTS)[number])
      ? choices[field as (typeof SELECTS)[number]].find((choice) => choice.value === String(value ?? ""))?.name
      : String(value);
  const select = (name: (typeof SELECTS)[number]) => (
    <SelectField
      label={t(name)}
      name={name}
      defaultValue={String(settings[name] ?? "")}
      disabled={!mayWrite}
      hint={t(`${name}Hint`)}
      mistake={mistakes[name]}
    >
      {choices[name].map(({ value, name: words }) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </SelectField>
  );

  return (
    <form method="post" noValidate className="sheet grid gap-4 p-4 sm:p-5" onSubmit={submit}>
      <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
        <TextField
          label={t("name")}
          name="name"
          autoComplete="organization"
          defaultValue={settings.name}
          readOnly={!mayWrite}
          mistake={mistakes.name}
        />
        <TextField
          label={t("slug")}
          name="slug"
          autoComplete="off"
          spellCheck={false}
          defaultValue={settings.slug}
          readOnly={!mayWrite}
          hint={t("slugHint")}
          mistake={mistakes.slug}
        />
        {select("timeZone")}
        {select("memberLanguage")}
        {select("defaultRegion")}
        {select("defaultWindow")}
        <TextField
          label={t("freshnessMinutes")}
          name="freshnessMinutes"
          inputMode="numeric"
          autoComplete="off"
          className="num text-right"
          defaultValue={settings.freshnessMinutes}
          readOnly={!mayWrite}
          hint={t("freshnessMinutesHint")}
          mistake={mistakes.freshnessMinutes}
        />
        {select("secondFactorRequired")}
      </div>
      <FormFailure text={failure} />
      {theirs && (
        <Notice tone="warn" title={t("theirsTitle")}>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
            {FIELDS.filter((field) => theirs[field] !== start[field]).map((field) => (
              <div key={field} className="contents">
                <dt className="text-text-3">{t(field)}</dt>
                <dd className="wrap-anywhere">{shown(field, theirs[field])}</dd>
              </div>
            ))}
          </dl>
          <p className="text-text-2">{t("theirsNext")}</p>
        </Notice>
      )}
      {mayWrite && (
        <div>
          <SubmitButton pending={pending}>{t("save")}</SubmitButton>
        </div>
      )}
    </form>
  );
}
