"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { FILTERED_PATHS, type FilteredPage, LEFT_FILTERS } from "@/lib/teams/choices";
import { callApi } from "./call-api";

/** The kept filters of an address, in their own order; null on a page that keeps none. */
function filtersOf(slug: string, path: string, query: string) {
  const page = (Object.keys(FILTERED_PATHS) as FilteredPage[]).find(
    (name) => path === `/t/${slug}${FILTERED_PATHS[name]}`,
  );
  if (!page) return null;
  const given = new URLSearchParams(query);
  const filters = LEFT_FILTERS[page].flatMap((name) => {
    const value = given.get(name)?.trim();
    return value ? [[name, value]] : [];
  });
  return { page, filters: Object.fromEntries(filters) as Record<string, string> };
}

/**
 * Keeps the filters that a person changes on a page, so that they find it so again. What a page was opened with is not
 * their choice: it may be a link of somebody else. Draws nothing.
 */
export function LeaveFilters({ slug }: { slug: string }) {
  const path = usePathname();
  const query = useSearchParams().toString();
  const seen = useRef({ path, query });
  useEffect(() => {
    const before = seen.current;
    seen.current = { path, query };
    if (before.path !== path || before.query === query) return;
    const [was, is] = [filtersOf(slug, path, before.query), filtersOf(slug, path, query)];
    if (!is || JSON.stringify(was) === JSON.stringify(is)) return;
    // Where this fails, the page opens as before: nothing that anybody waits for.
    void callApi(`/api/v1/filters?team=${encodeURIComponent(slug)}`, { method: "PUT", body: is });
  }, [slug, path, query]);
  return null;
}
