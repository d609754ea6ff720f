"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Words = Record<
  | "profile"
  | "name"
  | "nameHint"
  | "reading"
  | "language"
  | "languageAuto"
  | "theme"
  | "themeAuto"
  | "themeLight"
  | "themeDark"
  | "upColor"
  | "upColorHint"
  | "upColorAuto"
  | "upColorGreen"
  | "upColorRed"
  | "columns"
  | "columnsHint"
  | "save",
  string
>;
type Props = {
  account: {
    name: string;
    language: string | null;
    theme: string | null;
    upColor: string | null;
    rankingColumns: readonly string[] | null;
  };
  columns: { name: string; label: string }[];
  words: Words;
};

export function AccountForm({ account, columns, words }: Props) {
  const t = useTranslations("client.toast");
  const router = useRouter();
  // All of them follow the product: a column that it gains later is shown as well. None is no choice.
  const columnsIn = (data: FormData) => {
    const chosen = data.getAll("rankingColumns");
    return chosen.length === 0 || chosen.length === columns.length ? null : chosen;
  };
  const choice = (value: FormDataEntryValue | null) => value || null;
  const form = useJsonForm({
    path: "/api/v1/account",
    method: "PATCH",
    read: (data) => ({
      name: data.get("name"),
      language: choice(data.get("language")),
      theme: choice(data.get("theme")),
      upColor: choice(data.get("upColor")),
      rankingColumns: columnsIn(data),
    }),
    onDone: () => {
      toast(t("saved"));
      router.refresh();
    },
  });
  return (
    <form method="post" onSubmit={form.submit} noValidate className="grid gap-4">
      <fieldset className="sheet grid gap-3.5 p-4 sm:p-5">
        <legend className="sr-only">{words.profile}</legend>
        <TextField
          label={words.name}
          name="name"
          autoComplete="name"
          required
          defaultValue={account.name}
          hint={words.nameHint}
          mistake={form.mistakes.name}
        />
      </fieldset>
      <fieldset className="sheet grid gap-3.5 p-4 sm:grid-cols-2 sm:p-5">
        <legend className="sr-only">{words.reading}</legend>
        <SelectField
          label={words.language}
          name="language"
          defaultValue={account.language ?? ""}
          mistake={form.mistakes.language}
        >
          <option value="">{words.languageAuto}</option>
          <option value="en" lang="en">
            {"English"}
          </option>
          <option value="zh-CN" lang="zh-CN">
            {"中文"}
          </option>
        </SelectField>
        <SelectField label={words.theme} name="theme" defaultValue={account.theme ?? ""} mistake={form.mistakes.theme}>
          <option value="">{words.themeAuto}</option>
          <option value="light">{words.themeLight}</option>
          <option value="dark">{words.themeDark}</option>
        </SelectField>
        <SelectField
          label={words.upColor}
          name="upColor"
          defaultValue={account.upColor ?? ""}
          hint={words.upColorHint}
          mistake={form.mistakes.upColor}
        >
          <option value="">{words.upColorAuto}</option>
          <option value="green">{words.upColorGreen}</option>
          <option value="red">{words.upColorRed}</option>
        </SelectField>
        <fieldset className="field sm:col-span-2">
          <legend className="field-label">{words.columns}</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-1.5 py-1">
            {columns.map(({ name, label }) => (
              <label key={name} className="flex items-center gap-2">
                <input
                  type="checkbox"
                  name="rankingColumns"
                  value={name}
                  defaultChecked={account.rankingColumns?.includes(name) ?? true}
                  className="size-4"
                />
                {label}
              </label>
            ))}
          </div>
          {form.mistakes.rankingColumns && <p className="mistake">{form.mistakes.rankingColumns}</p>}
          <p className="hint">{words.columnsHint}</p>
        </fieldset>
      </fieldset>
      <FormFailure text={form.failure} />
      <div>
        <SubmitButton pending={form.pending}>{words.save}</SubmitButton>
      </div>
    </form>
  );
}
