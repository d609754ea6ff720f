"use client";
import { Toaster as Sonner } from "sonner";

/** Short answers to a press. Failures are never only here: they stay in place until read. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      mobileOffset={{ bottom: "5rem" }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "num flex w-full items-center gap-2 rounded-lg border border-line-strong bg-panel px-3.5 py-2.5 text-[0.8125rem] text-text shadow-float",
          title: "font-medium",
          actionButton: "btn ml-auto",
        },
      }}
    />
  );
}
