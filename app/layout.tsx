import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { currentAccount } from "@/lib/auth/current-account";
import { clientWords } from "@/lib/i18n/messages";
import { ClientMessages } from "./_ui/client-messages";
import { Going } from "./_ui/going";
import { KeepFocus } from "./_ui/keep-focus";
import { OfflineNotice } from "./_ui/offline-notice";
import { SoftLinks } from "./_ui/soft-links";
import { Toaster } from "./_ui/toaster";
import { dark, light } from "./_ui/tokens";
import "./globals.css";

// Preloaded, with a fall-back of the same metrics: text does not move when it arrives.
const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  variable: "--font-inter",
  display: "swap",
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  return {
    title: { default: `${t("name")} · ${t("subtitle")}`, template: `%s · ${t("name")}` },
    description: t("subtitle"),
    robots: { index: false },
    referrer: "same-origin",
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: light.bg },
    { media: "(prefers-color-scheme: dark)", color: dark.bg },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, account] = await Promise.all([getLocale(), currentAccount()]);
  return (
    <html
      lang={locale}
      data-theme={account?.theme ?? undefined}
      data-up={account?.upColor ?? (locale === "zh-CN" ? "red" : "green")}
      className={inter.variable}
    >
      <body>
        {/* What components in the browser say on every page; parts of the application add to it (`wordsLayout`). */}
        <ClientMessages locale={locale} messagesJson={clientWords(locale, "error", "form", "offline")}>
          {children}
          <Going />
          <OfflineNotice />
          <Toaster />
          <KeepFocus />
          <SoftLinks />
        </ClientMessages>
      </body>
    </html>
  );
}
