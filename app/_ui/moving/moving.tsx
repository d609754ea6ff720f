"use client";
import dynamic from "next/dynamic";
import { usePathname, useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";
import { ASKED, keepVisit, singleKeys } from "./kept";
import { type Deed, deedOf, type Press } from "./keys";
import { isThing } from "./recent";

// Loaded with the first use, their words with them: most pages are read and left without it.
const Panels = dynamic(() => import("./panels").then((file) => file.Panels), { ssr: false });

type Props = { slug: string; accountId: string; canAudit: boolean };

/** Listens for what moves one about, on every page of a team: keys, and the buttons that look the same up. */
export function Moving({ slug, accountId, canAudit }: Props) {
  const path = usePathname();
  const router = useRouter();
  const locale = useLocale();
  const [open, setOpen] = useState<"find" | "keys" | null>(null);

  useEffect(() => {
    const name = document.querySelector("#content h1")?.textContent?.trim();
    if (name && isThing(path)) keepVisit(accountId, slug, { href: path + window.location.search, name });
  }, [accountId, slug, path]);

  useEffect(() => {
    let before: Press | null = null;
    function follow(deed: Deed) {
      if ("open" in deed) setOpen(deed.open);
      else if ("go" in deed) router.push(`/t/${slug}${deed.go}`);
      else void import("./copy-link").then(({ copyLink }) => copyLink(locale));
    }
    function press(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen("find");
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTaken(event.target)) return;
      const now = { key: event.key, at: event.timeStamp };
      const deed = singleKeys() ? deedOf(now, before) : null;
      // Shift is pressed before the "?" that it makes.
      if (event.key !== "Shift") before = now;
      if (!deed) return;
      event.preventDefault();
      follow(deed);
    }
    const ask = () => setOpen("find");
    window.addEventListener("keydown", press);
    window.addEventListener(ASKED, ask);
    return () => {
      window.removeEventListener("keydown", press);
      window.removeEventListener(ASKED, ask);
    };
  }, [slug, router, locale]);

  if (!open) return null;
  return <Panels slug={slug} accountId={accountId} canAudit={canAudit} open={open} onOpen={setOpen} />;
}

/** Whether a key belongs to what has the focus: text that is typed, a choice, or something that lies above the page. */
function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest("input, textarea, select, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !==
        null)
  );
}
