"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { NamedCategory } from "@/lib/insights/schemas";

type Props = {
  slug: string;
  categories: { id: string; name: string }[];
  named: NamedCategory[];
  chosen: string | null;
};

/** Names one category. Emptied fields give the provider's name back. */
export function NameForm({ slug, categories, named, chosen }: Props) {
  const t = useTranslations("client.names");
  const router = useRouter();
  const [id, setId] = useState(chosen ?? categories[0]?.id ?? "");
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
        <SelectField label={t("category")} value={id} onChange={(event) => setId(event.target.value)}>
          {chosen && !categories.some((one) => one.id === chosen) && <option value={chosen}>{chosen}</option>}
          {categories.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
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
        <SubmitButton pending={form.pending} className="btn-primary justify-self-start">
          {t("save")}
        </SubmitButton>
      </form>
    </section>
  );
}
