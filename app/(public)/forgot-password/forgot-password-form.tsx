"use client";
import { useState } from "react";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = { words: Record<"email" | "submit" | "doneTitle" | "doneText", string> };

export function ForgotPasswordForm({ words }: Props) {
  const [done, setDone] = useState(false);
  const form = useJsonForm({
    path: "/api/v1/account/forgot-password",
    method: "POST",
    read: (data) => ({ email: data.get("email") }),
    onDone: () => setDone(true),
  });
  return (
    <>
      <div role="status">
        {done && (
          <>
            <p className="font-semibold">{words.doneTitle}</p>
            <p className="text-text-2">{words.doneText}</p>
          </>
        )}
      </div>
      {!done && (
        <form method="post" onSubmit={form.submit} noValidate className="grid gap-3.5">
          <TextField
            label={words.email}
            name="email"
            type="email"
            autoComplete="username"
            required
            mistake={form.mistakes.email}
          />
          <FormFailure text={form.failure} />
          <SubmitButton pending={form.pending}>{words.submit}</SubmitButton>
        </form>
      )}
    </>
  );
}
