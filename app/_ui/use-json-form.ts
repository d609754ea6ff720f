"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { callApi } from "./call-api";
import type { Problem } from "./problem";

type Options<Answer> = {
  path: string;
  method: "POST" | "PUT" | "PATCH";
  /** The body of the call, from what stands in the form. */
  read: (form: FormData) => unknown;
  /** The field's name for the path of a mistake, where they differ. */
  fieldOf?: (path: string) => string;
  onDone: (answer: Answer) => void | Promise<void>;
  /** Told of what was refused, beside what stands in the form. */
  onRefused?: (problem: Problem) => void | Promise<void>;
};

/**
 * A form that posts JSON to one of our routes. What was typed stays in the fields; mistakes come back beside the field
 * that they name, everything else as one sentence for the form.
 */
export function useJsonForm<Answer>(options: Options<Answer>) {
  const { path, method, read, fieldOf = (named) => named, onDone, onRefused } = options;
  const t = useTranslations("client.form");
  const [pending, setPending] = useState(false);
  const [mistakes, setMistakes] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const busy = useRef(false);

  function explain(problem: Problem): string {
    if (problem.code === "offline") return t("offline");
    return problem.code === "internal" ? t("unexpected") : (problem.detail ?? t("unexpected"));
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy.current) return;
    busy.current = true;
    const form = event.currentTarget;
    setPending(true);
    setFailure(null);
    setMistakes({});
    const result = await callApi<Answer>(path, { method, body: read(new FormData(form)) });
    busy.current = false;
    if (result.ok) {
      await onDone(result.data);
      setPending(false);
      return;
    }
    await onRefused?.(result.problem);
    setPending(false);
    const found = Object.fromEntries(
      (result.problem.errors ?? []).map(({ path: named, message }) => [fieldOf(named), message]),
    );
    setMistakes(found);
    const first = Object.keys(found).find((field) => form.elements.namedItem(field));
    if (first) (form.elements.namedItem(first) as HTMLElement).focus();
    else setFailure(Object.values(found)[0] ?? explain(result.problem));
  }

  return { submit, pending, mistakes, failure };
}
