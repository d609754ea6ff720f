"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = { words: Record<"email" | "hint" | "currentPassword" | "submit" | "done", string> };

export function EmailForm({ words }: Props) {
  const router = useRouter();
  const [round, setRound] = useState(0);
  const form = useJsonForm({
    path: "/api/v1/account/email",
    method: "POST",
    read: (data) => ({ email: data.get("newEmail"), currentPassword: data.get("currentPassword") }),
    fieldOf: (path) => (path === "email" ? "newEmail" : path),
    onDone: () => {
      toast(words.done);
      setRound(round + 1);
      router.refresh();
    },
  });
  return (
    <form key={round} method="post" onSubmit={form.submit} noValidate className="grid gap-3.5">
      <div className="grid gap-3.5 sm:grid-cols-2">
        <TextField
          label={words.email}
          name="newEmail"
          type="email"
          autoComplete="email"
          required
          hint={words.hint}
          mistake={form.mistakes.newEmail}
        />
        <PasswordField
          label={words.currentPassword}
          name="currentPassword"
          autoComplete="current-password"
          mistake={form.mistakes.currentPassword}
        />
      </div>
      <FormFailure text={form.failure} />
      <div>
        <SubmitButton pending={form.pending} className="">
          {words.submit}
        </SubmitButton>
      </div>
    </form>
  );
}
