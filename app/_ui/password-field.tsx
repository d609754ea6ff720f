"use client";
import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { FieldFoot } from "./field-foot";

type Props = {
  label: string;
  name: string;
  autoComplete: "current-password" | "new-password";
  defaultValue?: string | undefined;
  hint?: string;
  mistake?: string | undefined;
};

/** A password that its owner may look at before sending it. */
export function PasswordField({ label, name, autoComplete, defaultValue, hint, mistake }: Props) {
  const t = useTranslations("client.form");
  const id = useId();
  const [visible, setVisible] = useState(false);
  const described = [mistake ? `${id}-mistake` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  const Icon = visible ? EyeOff : Eye;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="relative">
        <input
          id={id}
          name={name}
          type={visible ? "text" : "password"}
          autoComplete={autoComplete}
          defaultValue={defaultValue}
          required
          spellCheck={false}
          autoCapitalize="none"
          className="input pr-9"
          aria-invalid={mistake ? true : undefined}
          aria-describedby={described || undefined}
        />
        <button
          type="button"
          onClick={() => setVisible(!visible)}
          aria-label={visible ? t("hidePassword") : t("showPassword")}
          className="absolute inset-y-0 right-0 grid w-9 place-items-center text-text-3 hover:text-text"
        >
          <Icon size={15} aria-hidden="true" />
        </button>
      </div>
      <FieldFoot id={id} mistake={mistake} hint={hint} />
    </div>
  );
}
