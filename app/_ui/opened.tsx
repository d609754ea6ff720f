"use client";
import { useEffect } from "react";
import { callApi } from "./call-api";

const MOST_AT_ONCE = 500;
/** Told since this page was loaded; by team, since a tab may show several. */
const told = new Set<string>();

type Props = { slug: string; receiptIds: string[] };

/** Tells once that figures of these answers stand on a screen, as soon as the tab is in sight. Draws nothing. */
export function Opened({ slug, receiptIds }: Props) {
  const key = receiptIds.join();
  useEffect(() => {
    const untold = [...new Set(key ? key.split(",") : [])]
      .filter((id) => !told.has(`${slug}/${id}`))
      .slice(0, MOST_AT_ONCE);
    if (untold.length === 0) return;
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      document.removeEventListener("visibilitychange", tell);
      for (const id of untold) told.add(`${slug}/${id}`);
      void callApi(`/api/v1/insights/opened?team=${encodeURIComponent(slug)}`, {
        method: "POST",
        body: { receiptIds: untold },
      });
    };
    document.addEventListener("visibilitychange", tell);
    tell();
    return () => document.removeEventListener("visibilitychange", tell);
  }, [slug, key]);
  return null;
}
