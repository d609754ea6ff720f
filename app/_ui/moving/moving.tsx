"use client";
import { usePathname, useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";
import { ASKED, keepVisit, singleKeys } from "./kept";
import { type Deed, deedOf, type Press } from "./keys";
import type { Panels } from "./panels";
import { isThing } from "./recent";

type Props = { slug: string; accountId: string; canAudit: boolean };

/** Listens for what moves one about, on every page of a team: keys, and the buttons that look the same up. */
export function Moving({ slug, accountId, canAudit }: Props) {
  const path = usePathname();
  const router = useRouter();
  const locale = useLocale();
  const [open, setOpen] = useState<"find" | "keys" | null>(null);
  const [Loaded, setLoaded] = useState<typeof Panels | null>(null);

  useEffect(() => {
    const name = document.querySelector("#content h1")?.textContent?.trim();
    if (name && isThing(path)) keepVisit(accountId, slug, { href: path + window.location.search, name });
  }, [accountId, slug, path]);

  // Loaded with the first use, their words with them. Where that fails the page stays, and the next press tries again.
  useEffect(() => {
    if (!open || Loaded) return;
    import("./panels").then(
      (file) => setLoaded(() => file.Panels),
      () => setOpen(null),
    );
  }, [open, Loaded]);

  useEffect(() => {
    let before: Press | null = null;
    function follow(deed: Deed) {
      if ("open" in deed) setOpen(deed.open);
      else if ("go" in deed) router.push(`/t/${slug}${deed.go}`);
      else
        import("./copy-link").then(
          ({ copyLink }) => copyLink(locale),
          () => {},
        );
    }
    function press(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        if (!isWithin(event.target, DIALOG)) setOpen("find");
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWithin(event.target, TAKEN)) return;
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

  if (!open || !Loaded) return null;
  return <Loaded slug={slug} accountId={accountId} canAudit={canAudit} open={open} onOpen={setOpen} />;
}

const DIALOG = "[role=dialog], [role=alertdialog]";
const TAKEN = `input, textarea, select, [contenteditable], [role=menu], [role=listbox], ${DIALOG}`;

const isWithin = (target: EventTarget | null, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;
