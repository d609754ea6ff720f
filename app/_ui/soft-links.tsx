"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Follows every `SoftLink` within the application: a plain press, as `Link` would. Whatever asks for another tab or
 * window is the browser's, and so is all of it without a script. Draws nothing, and marks the document as awake.
 */
export function SoftLinks() {
  const router = useRouter();
  useEffect(() => {
    function follow(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-soft]") : null;
      if (!link || event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      router.push(link.getAttribute("href") ?? "", { scroll: link.dataset.soft !== "stay" });
    }
    document.addEventListener("click", follow);
    document.documentElement.dataset.awake = "";
    return () => document.removeEventListener("click", follow);
  }, [router]);
  return null;
}
