"use client";
import { useTranslations } from "next-intl";
import { type SyntheticEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { PrintButton } from "@/app/_ui/print-button";
import { TextArea } from "@/app/_ui/text-area";
import { TextField } from "@/app/_ui/text-field";
import { useAwake } from "@/app/_ui/use-awake";

const WRITE_AFTER_MS = 600;

type Words = { title: string; comment: string };

type Props = {
  title: string;
  /** The view that this is a report of, and the report in every language. */
  backHref: string;
  languages: { code: string; name: string; href: string; isThis: boolean }[];
};

function follow(heard: () => void) {
  window.addEventListener("hashchange", heard);
  return () => window.removeEventListener("hashchange", heard);
}

const wordsIn = (hash: string): Partial<Words> => Object.fromEntries(new URLSearchParams(hash.slice(1)));

/**
 * A report's title and comment, typed by its reader. They live behind the `#` of the address: they are passed on with it
 * and survive a reload, but never reach the server or its log, and no length of an address is too long for them.
 */
export function ReportWords({ title, backHref, languages }: Props) {
  const t = useTranslations("client.report");
  const awake = useAwake();
  const hash = useSyncExternalStore(
    follow,
    () => window.location.hash,
    () => "",
  );
  const [typed, setTyped] = useState<Words | null>(null);
  const words = { title, comment: "", ...wordsIn(hash), ...typed };
  const pending = useRef<Words | null>(null);

  function write() {
    if (!pending.current) return;
    const { title: given, comment } = pending.current;
    pending.current = null;
    const kept = new URLSearchParams({ ...(given === title ? {} : { title: given }), ...(comment ? { comment } : {}) });
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, "", `${pathname}${search}${kept.size > 0 ? `#${kept}` : ""}`);
  }
  function type(change: Partial<Words>) {
    const next = { title: words.title, comment: words.comment, ...change };
    pending.current = next;
    setTyped(next);
  }
  // Browsers limit how often an address may change: once a pause, and whenever the field or the page is left.
  useEffect(() => {
    if (!typed) return;
    const timer = setTimeout(write, WRITE_AFTER_MS);
    window.addEventListener("pagehide", write);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", write);
    };
  });
  // The shell around a report speaks its language too: what one goes on to is loaded anew, in one's own.
  useEffect(() => {
    const loadAnew = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest("a[href]")) event.stopPropagation();
    };
    window.addEventListener("click", loadAnew, { capture: true });
    return () => window.removeEventListener("click", loadAnew, { capture: true });
  }, []);
  function keepWords(event: SyntheticEvent<HTMLAnchorElement>) {
    write();
    event.currentTarget.hash = window.location.hash;
  }

  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2 print:hidden">
        <a href={backHref} className="btn btn-quiet">
          {t("back")}
        </a>
        <span className="grow" />
        <nav aria-label={t("language")} className="flex gap-0.5">
          {languages.map(({ code, name, href, isThis }) => (
            <a
              key={code}
              href={href}
              lang={code}
              hrefLang={code}
              className="tab"
              aria-current={isThis ? "true" : undefined}
              onPointerDown={keepWords}
              onFocus={keepWords}
            >
              {name}
            </a>
          ))}
        </nav>
        <PrintButton label={t("print")} />
      </div>
      <h1 className="wrap-anywhere">{words.title || title}</h1>
      {words.comment && <p className="wrap-anywhere mt-2 max-w-[46rem] whitespace-pre-wrap">{words.comment}</p>}
      <div className="mt-3 grid max-w-[46rem] gap-2 print:hidden">
        <TextField
          label={t("title")}
          value={words.title}
          maxLength={200}
          disabled={!awake}
          onChange={(event) => type({ title: event.target.value })}
          onBlur={write}
        />
        <TextArea
          label={t("comment")}
          value={words.comment}
          maxLength={5000}
          disabled={!awake}
          onChange={(event) => type({ comment: event.target.value })}
          onBlur={write}
        />
        <p className="hint">{t("where")}</p>
      </div>
    </>
  );
}
