"use client";
import { useState } from "react";
import { FormFailure } from "@/app/_ui/form-failure";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = {
  goal: string;
  /** What the fields begin with: the demo's people. */
  filled: Partial<Record<"email" | "password", string | undefined>>;
  words: Record<"email" | "password" | "code" | "codeHint" | "submit", string>;
};

const takeFocus = (field: HTMLInputElement | null) => field?.focus();

export function SignInForm({ goal, filled, words }: Props) {
  // Only who knows the password learns that there is a second factor.
  const [asks, setAsks] = useState<string | undefined>();
  const form = useJsonForm({
    path: "/api/v1/account/sign-in",
    method: "POST",
    read: (data) => ({
      email: data.get("email"),
      password: data.get("password"),
      ...(data.get("code") ? { code: data.get("code") } : {}),
    }),
    onRefused: ({ reason }) => setAsks(reason?.startsWith("second_factor_") ? reason : undefined),
    // A whole new page: language and theme now follow the account.
    onDone: () => window.location.assign(goal),
  });
  return (
    <form method="post" onSubmit={form.submit} noValidate className="grid gap-3.5">
      <TextField
        label={words.email}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={filled.email}
        required
        mistake={form.mistakes.email}
      />
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="current-password"
        defaultValue={filled.password}
        mistake={form.mistakes.password}
      />
      {asks && (
        <TextField
          ref={takeFocus}
          label={words.code}
          name="code"
          autoComplete="one-time-code"
          spellCheck={false}
          hint={words.codeHint}
          mistake={form.mistakes.code}
        />
      )}
      <FormFailure text={asks === "second_factor_needed" ? null : form.failure} />
      <SubmitButton pending={form.pending}>{words.submit}</SubmitButton>
    </form>
  );
}
