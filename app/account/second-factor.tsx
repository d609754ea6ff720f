"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Disclosure } from "@/app/_ui/disclosure";
import { FormFailure } from "@/app/_ui/form-failure";
import { Notice } from "@/app/_ui/notice";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { StartedSecondFactor } from "@/lib/accounts/schemas";

export type SecondFactorWords = Record<
  | "currentPassword"
  | "code"
  | "codeHint"
  | "confirmHint"
  | "start"
  | "scan"
  | "qr"
  | "byHand"
  | "confirm"
  | "codesTitle"
  | "codesText"
  | "codesDone"
  | "off"
  | "offHint"
  | "renew"
  | "renewHint",
  string
>;
type Props = { isOn: boolean; words: SecondFactorWords };

/** Sets a second factor up in three steps, or turns it off; recovery codes are shown once, when they are made. */
export function SecondFactor({ isOn, words }: Props) {
  const router = useRouter();
  const [started, setStarted] = useState<StartedSecondFactor | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);

  if (codes) {
    return (
      <RecoveryCodes
        codes={codes}
        words={words}
        onDone={() => {
          setCodes(null);
          setStarted(null);
          router.refresh();
        }}
      />
    );
  }
  if (isOn) {
    return (
      <div className="grid gap-3.5">
        <Guarded
          path="/remove"
          summary={words.off}
          hint={words.offHint}
          words={words}
          onDone={() => router.refresh()}
        />
        <Guarded
          path="/recovery-codes"
          summary={words.renew}
          hint={words.renewHint}
          words={words}
          onDone={(answer) => setCodes(answer?.recoveryCodes ?? null)}
        />
      </div>
    );
  }
  return started ? (
    <Confirm started={started} words={words} onDone={setCodes} />
  ) : (
    <Start words={words} onDone={setStarted} />
  );
}

const route = "/api/v1/account/second-factor";

function Start({ words, onDone }: { words: SecondFactorWords; onDone: (started: StartedSecondFactor) => void }) {
  const form = useJsonForm<StartedSecondFactor>({
    path: route,
    method: "POST",
    read: (data) => ({ currentPassword: data.get("currentPassword") }),
    onDone,
  });
  return (
    <form method="post" onSubmit={form.submit} noValidate className="grid gap-3.5 sm:max-w-[20rem]">
      <PasswordField
        label={words.currentPassword}
        name="currentPassword"
        autoComplete="current-password"
        mistake={form.mistakes.currentPassword}
      />
      <FormFailure text={form.failure} />
      <div>
        <SubmitButton pending={form.pending} className="">
          {words.start}
        </SubmitButton>
      </div>
    </form>
  );
}

type ConfirmProps = { started: StartedSecondFactor; words: SecondFactorWords; onDone: (codes: string[]) => void };

function Confirm({ started, words, onDone }: ConfirmProps) {
  const form = useJsonForm<{ recoveryCodes: string[] }>({
    path: `${route}/confirm`,
    method: "POST",
    read: (data) => ({ code: data.get("code") }),
    onDone: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  const { size, path } = started.qr;
  return (
    <form method="post" onSubmit={form.submit} noValidate className="grid gap-3.5">
      <p>{words.scan}</p>
      <div className="flex flex-wrap items-start gap-4">
        {/* Dark on light in both themes: that is what cameras read. */}
        <svg
          role="img"
          aria-label={words.qr}
          viewBox={`0 0 ${size} ${size}`}
          shapeRendering="crispEdges"
          className="size-44 rounded bg-white"
        >
          <path d={path} fill="black" />
        </svg>
        <div className="grid min-w-0 grow gap-3.5 sm:max-w-[20rem]">
          <p className="text-text-3 text-xs">
            {words.byHand}
            <code className="mt-1 block break-all text-[0.8125rem] text-text">
              {started.secret.replace(/(.{4})(?!$)/g, "$1 ")}
            </code>
          </p>
          <CodeField label={words.code} hint={words.confirmHint} mistake={form.mistakes.code} />
          <FormFailure text={form.failure} />
          <div>
            <SubmitButton pending={form.pending}>{words.confirm}</SubmitButton>
          </div>
        </div>
      </div>
    </form>
  );
}

type GuardedProps = {
  path: string;
  summary: string;
  hint: string;
  words: SecondFactorWords;
  onDone: (answer: { recoveryCodes: string[] } | null) => void;
};

/** What needs both factors once more. */
function Guarded({ path, summary, hint, words, onDone }: GuardedProps) {
  const form = useJsonForm<{ recoveryCodes: string[] } | null>({
    path: route + path,
    method: "POST",
    read: (data) => ({ currentPassword: data.get("currentPassword"), code: data.get("code") }),
    onDone,
  });
  return (
    <Disclosure summary={summary}>
      <form method="post" onSubmit={form.submit} noValidate className="mt-2.5 grid gap-3.5">
        <p className="text-text-3">{hint}</p>
        <div className="grid gap-3.5 sm:grid-cols-2">
          <PasswordField
            label={words.currentPassword}
            name="currentPassword"
            autoComplete="current-password"
            mistake={form.mistakes.currentPassword}
          />
          <CodeField label={words.code} hint={words.codeHint} mistake={form.mistakes.code} />
        </div>
        <FormFailure text={form.failure} />
        <div>
          <SubmitButton pending={form.pending} className="">
            {summary}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}

type CodeFieldProps = { label: string; hint: string; mistake: string | undefined };

const CodeField = ({ label, hint, mistake }: CodeFieldProps) => (
  <TextField
    label={label}
    name="code"
    inputMode="text"
    autoComplete="one-time-code"
    autoCapitalize="characters"
    spellCheck={false}
    required
    hint={hint}
    mistake={mistake}
  />
);

type CodesProps = { codes: string[]; words: SecondFactorWords; onDone: () => void };

function RecoveryCodes({ codes, words, onDone }: CodesProps) {
  return (
    <div className="grid gap-3">
      <Notice tone="warn" title={words.codesTitle} isAlert>
        <p>{words.codesText}</p>
      </Notice>
      <ul aria-label={words.codesTitle} className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>
            <code className="num">{code}</code>
          </li>
        ))}
      </ul>
      <div>
        <button type="button" className="btn btn-primary" onClick={onDone}>
          {words.codesDone}
        </button>
      </div>
    </div>
  );
}
