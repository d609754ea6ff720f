"use client";
import { useEffect } from "react";

/** Keeps whoever uses the keyboard in place when what they stood on goes. Draws nothing. */
export function KeepFocus() {
  useEffect(keepFocus, []);
  return null;
}

/** Something that had the focus, and what was around it then, nearest first: once it is gone it no longer tells. */
type Stop = { element: HTMLElement; around: Element[] };

const MOST_STOPS = 12;
const REGIONS = "section, form, fieldset, li, article, [role=dialog], [role=alertdialog], [role=alert], main";

/**
 * A focused element that is removed or switched off leaves the focus to the whole page, from where the keyboard begins
 * anew. Switched off, it gets the focus back with its return; removed, the nearest region around it has it.
 */
function keepFocus(): () => void {
  let stops: Stop[] = [];
  let frame = 0;
  const isLost = () => document.activeElement === null || document.activeElement === document.body;

  function arrived({ target }: FocusEvent) {
    if (!(target instanceof HTMLElement)) return;
    stops = [...stops.filter(({ element }) => element !== target), { element: target, around: around(target) }];
    stops = stops.slice(-MOST_STOPS);
  }

  // A press on an empty place leaves on purpose. What is being removed still stands there for this moment.
  function left({ target, relatedTarget }: FocusEvent) {
    queueMicrotask(() => {
      if (relatedTarget === null && isLost() && target instanceof HTMLElement && canTake(target)) stops = [];
    });
  }

  // Dialogs give the focus back by themselves, and new content may take it: only what is still lost after that is kept.
  function changed() {
    if (frame !== 0 || stops.length === 0 || !isLost()) return;
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        frame = 0;
        if (isLost()) giveBack(stops);
      });
    });
  }

  const watching = new MutationObserver(changed);
  watching.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["disabled", "hidden"],
  });
  document.addEventListener("focusin", arrived);
  document.addEventListener("focusout", left);
  return () => {
    watching.disconnect();
    cancelAnimationFrame(frame);
    document.removeEventListener("focusin", arrived);
    document.removeEventListener("focusout", left);
  };
}

function giveBack(stops: readonly Stop[]): void {
  const last = stops.at(-1);
  // It is busy, and will be back: then the attribute changes again.
  if (last?.element.isConnected && last.element.matches(":disabled")) return;
  const found = [...stops].reverse().map(nextTo).find(Boolean) ?? document.querySelector("main");
  if (found) stand(found);
}

/** The element itself, when it has come back; else the nearest region of the page that still stands around it. */
function nextTo({ element, around: regions }: Stop): HTMLElement | null {
  if (canTake(element)) return element;
  const region = regions.find((one) => one.matches(REGIONS) && one.closest("main") && isShown(one));
  return region instanceof HTMLElement ? region : null;
}

/** Puts the focus on something that may be no stop of the keyboard otherwise. */
function stand(region: HTMLElement): void {
  if (region.tabIndex < 0 && !region.hasAttribute("tabindex")) {
    region.tabIndex = -1;
    region.addEventListener("blur", () => region.removeAttribute("tabindex"), { once: true });
  }
  region.focus({ preventScroll: true });
}

const isShown = (element: Element) => element.isConnected && element.checkVisibility() && element.clientHeight > 0;
const canTake = (element: HTMLElement) =>
  element.isConnected && element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled");

function around(element: HTMLElement): Element[] {
  const found: Element[] = [];
  for (let one = element.parentElement; one; one = one.parentElement) found.push(one);
  return found;
}
