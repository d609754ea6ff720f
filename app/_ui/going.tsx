"use client";
import { useEffect, useTransition } from "react";
import { ANOTHER_PAGE } from "./another-page";

/** A line at the window's top from the press on until the page that was asked for stands. It shifts nothing. */
export function Going() {
  const [isUnderWay, start] = useTransition();
  useEffect(() => {
    // Begun within the same event, an empty transition ends together with the router's own.
    const began = () => start(() => undefined);
    window.addEventListener(ANOTHER_PAGE, began);
    return () => window.removeEventListener(ANOTHER_PAGE, began);
  }, []);
  return isUnderWay ? <div className="going" aria-hidden="true" /> : null;
}
