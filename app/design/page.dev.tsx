import type { Metadata } from "next";
import { LanguageSwitch } from "@/app/_ui/language-switch";
import { TipLayer } from "@/app/_ui/tip-layer";
import { Charts } from "./charts";
import { Controls } from "./controls";
import { Says } from "./says";
import { Tables } from "./tables";
import { ThemeSwitch } from "./theme-switch";

export const metadata: Metadata = { title: "Design" };

/** Every part of `app/_ui` with its states. Only in development: a build does not hold this page. */
export default function DesignPage() {
  return (
    <main className="mx-auto grid max-w-[72rem] grid-cols-[minmax(0,1fr)] gap-6 p-4 sm:p-6">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="grow">Design</h1>
        <ThemeSwitch />
        <LanguageSwitch label="Language" />
      </header>
      <Controls />
      <Says />
      <Tables />
      <Charts />
      <TipLayer />
    </main>
  );
}
