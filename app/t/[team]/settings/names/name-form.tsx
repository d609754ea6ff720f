"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { PickField } from "@/app/_ui/pick-field";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { NamedCategory } from "@/lib/insights/schemas";

type Props = {
  slug: string;
  /** Null are too many to list: then one is looked for, and stands in the address. */
  categories: { id: string; name: string }[] | null;
  named: NamedCategory[];
  chosen: { id: string; name: string } | null;
};

/** Names one category. Emptied fields give the provider's name back. */
export function NameForm({ slug, categories, named, chosen }: Props) {
  const t = useTranslations("client.names");
  const router = useRouter();
  const [id, setId] = useState(chosen?.id ?? categories?.[0]?.id ?? "");
  const now = named.find((one) => one.id === id);
  const form = useJsonForm<NamedCategory>({
    path: `/api/v1/categories/${encodeURIComponent(id)}/name?team=${encodeURIComponent(slug)}`,
    method: "PUT",
    read: (data) => ({
      name: data.get("name"),
      aliases: String(data.get("aliases") ?? "").split(/[,，、;；]/),
      version: now?.version ?? 0,
    }),
    onDone: ({ name, providerName }) => {
      toast(t("saved", { name: name ?? providerName ?? id }));
      router.refresh();
    },
    onRefused: ({ reason }) => {
      if (reason === "edited_meanwhile") router.refresh();
    },
  });
  return (
    <section className="sheet p-3.5" aria-labelledby="name-one">
      <h2 id="name-one" className="mb-2.5">
        {t("one")}
      </h2>
      <form method="post" noValidate autoComplete="off" className="grid gap-3" onSubmit={form.submit}>
        {categories === null ? (
          <PickField
            slug={slug}
            label={t("category")}
            kind="category"
            chosen={chosen && { value: chosen.id, name: chosen.name }}
            onPick={(picked) => {
              const query = new URLSearchParams(window.location.search);
              if (picked) query.set("category", picked);
              else query.delete("category");
              router.replace(`/t/${slug}/settings/names?${query}`, { scroll: false });
            }}
          />
        ) : (
          <SelectField label={t("category")} value={id} onChange={(event) => setId(event.target.value)}>
            {chosen && !categories.some((one) => one.id === chosen.id) && (
              <option value={chosen.id}>{chosen.name}</option>
            )}
            {categories.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
        <TextField
          key={`name ${id}`}
          label={t("own")}
          name="name"
          defaultValue={now?.name ?? ""}
          maxLength={80}
          mistake={form.mistakes.name}
        />
        <TextField
          key={`aliases ${id}`}
          label={t("aliases")}
          name="aliases"
          defaultValue={now?.aliases.join(", ") ?? ""}
          hint={t("aliasesHint")}
          mistake={form.mistakes.aliases}
        />
        <FormFailure text={form.failure} />
        <SubmitButton pending={form.pending} disabled={id === ""} className="btn-primary justify-self-start">
          {t("save")}
        </SubmitButton>
      </form>
    </section>
  );
}
