"use client";
import { useTranslations } from "next-intl";
import { SelectField } from "@/app/_ui/select-field";
import { TextArea } from "@/app/_ui/text-area";
import { TextField } from "@/app/_ui/text-field";
import { MARK_COLORS } from "@/lib/tracking/choices";
import type { Watchlist } from "@/lib/tracking/schemas";

type Props = {
  mistakes: Record<string, string>;
  list?: Pick<Watchlist, "name" | "window" | "color" | "shared" | "notes">;
  /** Choosing "private" belongs to the maker. */
  mayHide: boolean;
};

const WINDOWS = ["1", "7", "30"] as const;

/** What one says of a watchlist, when making and when changing it. */
export function ListFields({ mistakes, list, mayHide }: Props) {
  const t = useTranslations("client.watchlists");
  const isMonth = list?.window.includes("-");
  return (
    <>
      <TextField
        label={t("name")}
        name="name"
        defaultValue={list?.name}
        maxLength={80}
        autoComplete="off"
        mistake={mistakes.name}
      />
      <div className="grid grid-cols-2 gap-2">
        <SelectField
          label={t("window")}
          name="window"
          defaultValue={list?.window ?? "7"}
          hint={t("windowHint")}
          mistake={mistakes.window}
        >
          {WINDOWS.map((window) => (
            <option key={window} value={window}>
              {t(`windows.${window}`)}
            </option>
          ))}
          {list && isMonth && <option value={list.window}>{list.window}</option>}
        </SelectField>
        <ColorField mistake={mistakes.color} {...(list ? { color: list.color } : {})} />
      </div>
      {mayHide && (
        <SelectField
          label={t("visibility")}
          name="shared"
          defaultValue={String(list?.shared ?? true)}
          mistake={mistakes.shared}
        >
          <option value="true">{t("shared")}</option>
          <option value="false">{t("private")}</option>
        </SelectField>
      )}
      <TextArea label={t("notes")} name="notes" defaultValue={list?.notes} maxLength={2000} mistake={mistakes.notes} />
    </>
  );
}

export function ColorField({ color = "", mistake }: { color?: string; mistake?: string | undefined }) {
  const t = useTranslations("client.watchlists");
  return (
    <SelectField label={t("color")} name="color" defaultValue={color} mistake={mistake}>
      <option value="">{t("colors.none")}</option>
      {MARK_COLORS.map((one) => (
        <option key={one} value={one}>
          {t(`colors.${one}`)}
        </option>
      ))}
    </SelectField>
  );
}

/** The body of a call, from what stands in these fields. */
export function readListFields(form: FormData) {
  const shared = form.get("shared");
  return {
    name: form.get("name"),
    window: form.get("window"),
    color: form.get("color"),
    notes: form.get("notes"),
    ...(shared === null ? {} : { shared: shared === "true" }),
  };
}
