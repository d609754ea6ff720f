"use client";
import { useRouter } from "next/navigation";
import { useSyncExternalStore } from "react";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = {
  timeZones: string[];
  words: { name: string; timeZone: string; timeZoneHint: string; submit: string };
};

const never = () => () => {};

export function NewTeamForm({ timeZones, words }: Props) {
  const router = useRouter();
  const own = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    () => "UTC",
  );
  const form = useJsonForm<{ slug: string }>({
    path: "/api/v1/teams",
    method: "POST",
    read: (data) => ({ name: data.get("name"), timeZone: data.get("timeZone") }),
    onDone: ({ slug }) => router.push(`/t/${slug}`),
  });
  const zones = [...new Set(["UTC", own, ...timeZones])].sort();
  return (
    <form method="post" onSubmit={form.submit} noValidate className="grid gap-3.5">
      <TextField label={words.name} name="name" autoComplete="organization" required mistake={form.mistakes.name} />
      <SelectField
        key={own}
        label={words.timeZone}
        name="timeZone"
        defaultValue={own}
        hint={words.timeZoneHint}
        mistake={form.mistakes.timeZone}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      <FormFailure text={form.failure} />
      <SubmitButton pending={form.pending}>{words.submit}</SubmitButton>
    </form>
  );
}
