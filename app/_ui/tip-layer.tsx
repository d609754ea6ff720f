"use client";
import { useEffect, useRef } from "react";

const DELAY_MS = 300;
const GAP = 6;

/**
 * Explanations on hover and on keyboard focus, one layer for the page: an element with `data-tip` shows the text that
 * its `aria-describedby` names, so that a screen reader has it without this.
 */
export function TipLayer() {
  const layer = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const tip = layer.current;
    if (!tip) return;
    let timer = 0;
    let shown: Element | null = null;

    const textOf = (owner: Element) =>
      document.getElementById(owner.getAttribute("aria-describedby") ?? "")?.textContent ?? "";
    const ownerOf = (target: EventTarget | null) => (target instanceof Element ? target.closest("[data-tip]") : null);

    function hide() {
      window.clearTimeout(timer);
      shown = null;
      if (tip?.matches(":popover-open")) tip.hidePopover();
    }
    function show(owner: Element) {
      const text = textOf(owner);
      if (!tip || !text) return;
      shown = owner;
      tip.textContent = text;
      if (!tip.matches(":popover-open")) tip.showPopover();
      const box = owner.getBoundingClientRect();
      const own = tip.getBoundingClientRect();
      const right = Math.min(Math.max(box.right, own.width + GAP), window.innerWidth - GAP);
      const below = box.bottom + GAP + own.height < window.innerHeight;
      tip.style.left = `${right - own.width}px`;
      tip.style.top = `${below ? box.bottom + GAP : box.top - GAP - own.height}px`;
    }
    function over(event: PointerEvent) {
      if (event.pointerType === "touch" || tip?.contains(event.target as Node)) return;
      const owner = ownerOf(event.target);
      if (owner === shown && owner) return;
      hide();
      if (owner) timer = window.setTimeout(() => show(owner), DELAY_MS);
    }
    function focus(event: FocusEvent) {
      const owner = ownerOf(event.target);
      if (owner?.matches(":focus-visible")) show(owner);
    }
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };

    const listening = new AbortController();
    const options = { signal: listening.signal };
    document.addEventListener("pointerover", over, options);
    document.addEventListener("focusin", focus, options);
    document.addEventListener("focusout", hide, options);
    document.addEventListener("pointerdown", hide, options);
    document.addEventListener("keydown", key, options);
    document.addEventListener("scroll", hide, { ...options, capture: true, passive: true });
    return () => {
      listening.abort();
      window.clearTimeout(timer);
    };
  }, []);

  return <div ref={layer} popover="manual" role="tooltip" className="tip" />;
}
