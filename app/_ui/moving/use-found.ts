"use client";
import { useEffect, useState } from "react";
import { callApi } from "@/app/_ui/call-api";
import type { FindKind, Found } from "@/lib/tracking/find-schemas";

/** Long enough that a word typed at once is asked for once. */
const PAUSE_MS = 120;

type Answer = { of: string; q: string; items: Found["items"]; failed: boolean };

/** What the team has under that name; null while it is looked for. An older answer never stands for a newer word. */
export function useFound(slug: string, q: string, kind?: FindKind): Answer | null {
  const of = kind ?? "";
  const [answer, setAnswer] = useState<Answer>({ of: "", q: "", items: [], failed: false });
  useEffect(() => {
    let isAsked = true;
    const pause = setTimeout(async () => {
      const query = new URLSearchParams({ team: slug, q, ...(of && { kind: of }) });
      const result = q === "" && !of ? null : await callApi<Found>(`/api/v1/find?${query}`, { method: "GET" });
      const items = result?.ok ? result.data.items : [];
      if (isAsked) setAnswer({ of, q, items, failed: result?.ok === false });
    }, PAUSE_MS);
    return () => {
      isAsked = false;
      clearTimeout(pause);
    };
  }, [slug, q, of]);
  return answer.q === q && answer.of === of ? answer : null;
}
