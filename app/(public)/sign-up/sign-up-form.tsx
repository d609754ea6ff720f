"use client";
import { FormFailure } from "@/app/_ui/form-failure";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = {
  language: string;
  /** Where to go afterwards. */
  goal: string;
  invitation: string | undefined;
  /** The address that the invitation is for. */
  email: string | undefined;
  words: { name: string; email: string; password: string; passwordHint: string; submit: string };
};

export function SignUpForm({ language, goal, invitation, email, words }: Props) {
  const form = useJsonForm({
    path: "/api/v1/account/sign-up",
    method: "POST",
    read: (data) => ({
      name: data.get("name"),
      email: data.get("email"),
      password: data.get("password"),
      language,
      invitation,
    }),
    onDone: () => window.location.assign(goal),
  });
  return (
    <form method="post" onSubmit={form.submit} noValidate className="grid gap-3.5">
      <TextField label={words.name} name="name" autoComplete="name" required mistake={form.mistakes.name} />
      <TextField
        label={words.email}
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={email}
        mistake={form.mistakes.email}
      />
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="new-password"
        hint={words.passwordHint}
        mistake={form.mistakes.password}
      />
      <FormFailure text={form.failure} />
      <SubmitButton pending={form.pending}>{words.submit}</SubmitButton>
    </form>
  );
}
