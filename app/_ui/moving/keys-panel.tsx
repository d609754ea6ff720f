"use client";
import { Dialog } from "@base-ui/react/dialog";
import { useTranslations } from "next-intl";
import { Fragment, useState } from "react";
import { keepSingleKeys, singleKeys } from "./kept";
import { COPY, FIND, FIND_ALWAYS, GOES, LEAD, OVERVIEW } from "./keys";

const Key = ({ children }: { children: string }) => <kbd className="key">{children}</kbd>;

/** Which keys do what, and the switch for those that are a single letter. */
export function KeysPanel() {
  const t = useTranslations("moving");
  const [single, setSingle] = useState(singleKeys);
  const words = (word: string) => <span className="px-1 text-text-3 text-xs">{word}</span>;
  return (
    <Dialog.Popup className="sheet fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[26rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 gap-3 overflow-y-auto p-5 text-left shadow-float">
      <Dialog.Title className="font-semibold text-[1rem]">{t("keys")}</Dialog.Title>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5">
        <dt>{t("open")}</dt>
        <dd>
          <Key>{FIND_ALWAYS.other}</Key>
          {words(t("or"))}
          <Key>{FIND_ALWAYS.mac}</Key>
          {words(t("or"))}
          <Key>{FIND}</Key>
        </dd>
        {GOES.map(([key, page]) => (
          <Fragment key={key}>
            <dt>{t("go", { page: t(`pages.${page}`) })}</dt>
            <dd>
              <Key>{LEAD}</Key>
              {words(t("then"))}
              <Key>{key}</Key>
            </dd>
          </Fragment>
        ))}
        <dt>{t("copy")}</dt>
        <dd>
          <Key>{COPY}</Key>
        </dd>
        <dt>{t("keys")}</dt>
        <dd>
          <Key>{OVERVIEW}</Key>
        </dd>
      </dl>
      <p className="text-text-2">{t("keysHint")}</p>
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          checked={single}
          className="mt-0.5"
          onChange={({ target }) => {
            setSingle(target.checked);
            keepSingleKeys(target.checked);
          }}
        />
        <span>
          {t("single")}
          <span className="block text-text-3 text-xs">{t("singleHint")}</span>
        </span>
      </label>
      <div>
        <Dialog.Close className="btn">{t("close")}</Dialog.Close>
      </div>
    </Dialog.Popup>
  );
}
