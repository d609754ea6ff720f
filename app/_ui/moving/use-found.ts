"use client";
import { useEffect, useState } from "react";
import { callApi } from "@/app/_ui/call-api";
import type { Found } from "@/lib/tracking/find-schemas";

/** Long enough that a word typed at once is asked for once. */
const PAUSE_MS = 120;

type Answer = { q: string; items: Found["items"]; failed: boolean };

/** What the team has under that name; null while it is looked for. An older answer never stands for a newer word. */
export function useFound(slug: string, q: string): Answer | null {
  const [answer, setAnswer] = useState<Answer>({ q: "", items: [], failed: false });
  useEffect(() => {
    let isAsked = true;
    const pause = setTimeout(async () => {
      const query = new URLSearchParams({ team: slug, q });
      const result = q === "" ? null : await callApi<Found>(`/api/v1/find?${query}`, { method: "GET" });
      const items = result?.ok ? result.data.items : [];
      if (isAsked) setAnswer({ q, items, failed: result?.ok === false });
    }, PAUSE_MS);
    return () => {
      isAsked = false;
      clearTimeout(pause);
    };
  }, [slug, q]);
  return answer.q === q ? answer : null;
}
