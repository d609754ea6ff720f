"use client";
import { useTranslations } from "next-intl";
import { SelectField } from "@/app/_ui/select-field";
import { TextArea } from "@/app/_ui/text-area";
import { TextField } from "@/app/_ui/text-field";
import { WHOLE_RANKING_PAGES } from "@/lib/tracking/choices";
import type { SavedSearch } from "@/lib/tracking/schemas";

type Props = {
  start: Pick<SavedSearch, "name" | "pages" | "shared" | "notes" | "tags">;
  mistakes: Record<string, string>;
  /** Only its maker may make a search private. */
  mayHide: boolean;
};

const DEPTHS = [1, 2, 3, 5, 10, WHOLE_RANKING_PAGES];

/** What a search has beside its question. */
export function SearchFields({ start, mistakes, mayHide }: Props) {
  const t = useTranslations("client.searches");
  const depths = [...new Set([...DEPTHS, start.pages])].sort((a, b) => a - b);
  const tagMistake = Object.entries(mistakes).find(([field]) => field.startsWith("tags"))?.[1];
  return (
    <>
      <TextField label={t("name")} name="name" autoComplete="off" defaultValue={start.name} mistake={mistakes.name} />
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t("depth")}
          name="pages"
          defaultValue={start.pages}
          hint={t("depthHint")}
          mistake={mistakes.pages}
        >
          {depths.map((pages) => (
            <option key={pages} value={pages}>
              {pages === WHOLE_RANKING_PAGES
                ? t("depthWhole", { pages })
                : t("depthPages", { pages, rows: pages * 20 })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("visible")}
          name="shared"
          defaultValue={start.shared ? "team" : "private"}
          mistake={mistakes.shared}
        >
          <option value="team">{t("visibleTeam")}</option>
          {(mayHide || !start.shared) && <option value="private">{t("visiblePrivate")}</option>}
        </SelectField>
      </div>
      <TextField
        label={t("tags")}
        name="tags"
        autoComplete="off"
        defaultValue={start.tags.join(", ")}
        hint={t("tagsHint")}
        mistake={tagMistake}
      />
      <TextArea label={t("notes")} name="notes" defaultValue={start.notes} mistake={mistakes.notes} />
    </>
  );
}

/** The body that the fields stand for. */
export const readFields = (form: FormData) => ({
  name: form.get("name"),
  pages: Number(form.get("pages")),
  shared: form.get("shared") === "team",
  notes: form.get("notes"),
  tags: String(form.get("tags") ?? "")
    .split(/[,，、;；\n]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== ""),
});
