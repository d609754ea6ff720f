"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useTransition } from "react";

type Props = { action: string; label: string; className: string; children: ReactNode };

/** A form whose fields become the address. Reads, never spends; without script the browser does the same. */
export function FilterForm({ action, label, className, children }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function show(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const filled = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === "string" && value.trim() ? [[name, value.trim()]] : [],
    );
    const query = new URLSearchParams(filled).toString();
    startTransition(() => router.push(query ? `${action}?${query}` : action));
  }

  return (
    <search aria-label={label}>
      <form method="get" action={action} aria-busy={pending} className={className} onSubmit={show}>
        {children}
      </form>
    </search>
  );
}
