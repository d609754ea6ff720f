"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef, useTransition } from "react";

type Props = {
  action: string;
  label: string;
  /** What stands in the address, by field: after going back, the fields follow it. */
  values: Record<string, string>;
  className: string;
  children: ReactNode;
};

/** A form whose fields become the address. Reads, never spends; without script the browser does the same. */
export function FilterForm({ action, label, values, className, children }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const address = JSON.stringify(values);
  const followed = useRef(address);

  // Only when the address changes: what is typed and not shown yet stays, through a refresh of the page and while the
  // page has not come alive yet.
  useEffect(() => {
    if (followed.current === address) return;
    followed.current = address;
    for (const [name, value] of Object.entries(JSON.parse(address) as Record<string, string>)) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) field.value = value;
    }
  }, [address]);

  function show(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const filled = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === "string" && value.trim() ? [[name, value.trim()]] : [],
    );
    const query = new URLSearchParams(filled).toString();
    // What it shows stands below it.
    startTransition(() => router.push(query ? `${action}?${query}` : action, { scroll: false }));
  }

  return (
    <search aria-label={label}>
      {/* Without `off` a browser that goes back fills in what was chosen last instead of what the page shows. */}
      <form
        ref={form}
        method="get"
        action={action}
        autoComplete="off"
        aria-busy={pending}
        className={className}
        onSubmit={show}
      >
        {children}
      </form>
    </search>
  );
}
