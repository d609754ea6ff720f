"use client";
import { useOffline } from "next/offline";
import { useTranslations } from "next-intl";

/** Says that the connection is lost, for as long as it is. What is shown and typed stays; links wait for its return. */
export function OfflineNotice() {
  const t = useTranslations("client.offline");
  const isOffline = useOffline();
  return (
    // Announced without being a status of the page: a page has its own.
    <div aria-live="polite" className="offline">
      {isOffline && (
        <div className="notice notice-warn">
          <p className="font-semibold">{t("title")}</p>
          <p>{t("text")}</p>
        </div>
      )}
    </div>
  );
}
