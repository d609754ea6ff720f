"use client";
import { FormFailure } from "@/app/_ui/form-failure";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = { goal: string; words: { email: string; password: string; submit: string } };

export function SignInForm({ goal, words }: Props) {
  const form = useJsonForm({
    path: "/api/v1/account/sign-in",
    method: "POST",
    read: (data) => ({ email: data.get("email"), password: data.get("password") }),
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
        required
        mistake={form.mistakes.email}
      />
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="current-password"
        mistake={form.mistakes.password}
      />
      <FormFailure text={form.failure} />
      <SubmitButton pending={form.pending}>{words.submit}</SubmitButton>
    </form>
  );
}
