"use client";
import { Bookmark } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAwake } from "@/app/_ui/use-awake";
import type { SaveSearchProps } from "./save-search-dialog";

const SaveSearchDialog = dynamic(() => import("./save-search-dialog").then((file) => file.SaveSearchDialog), {
  ssr: false,
});

/** Saves the question of the page, for running it again and again. Costs nothing. */
export function SaveSearch(props: SaveSearchProps) {
  const t = useTranslations("client.searches");
  const awake = useAwake();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn self-center" disabled={!awake} onClick={() => setOpen(true)}>
        <Bookmark size={14} aria-hidden="true" className="-ml-0.5" />
        {t("save")}
      </button>
      {open && <SaveSearchDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
