"use client";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";

/**
 * For one listener around many plain links: a plain press is followed within the application, as `Link` would. Whatever
 * asks for another tab or window is the browser's.
 */
export function useSoftLinks(): (event: MouseEvent) => void {
  const router = useRouter();
  return (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(link.getAttribute("href") ?? "");
  };
}
