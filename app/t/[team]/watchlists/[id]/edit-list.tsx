"use client";
import { Settings2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAwake } from "@/app/_ui/use-awake";
import type { EditListProps } from "./edit-list-dialog";

const EditListDialog = dynamic(() => import("./edit-list-dialog").then((file) => file.EditListDialog), { ssr: false });

/** Opens what a list is called, shows and who sees it. */
export function EditList(props: EditListProps) {
  const t = useTranslations("client.watchlists");
  const awake = useAwake();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="btn"
        disabled={!awake}
        data-asleep={awake ? undefined : ""}
        onClick={() => setOpen(true)}
      >
        <Settings2 size={14} aria-hidden="true" />
        {t("editList")}
      </button>
      {open && <EditListDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
