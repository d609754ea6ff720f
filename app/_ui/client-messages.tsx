"use client";
import { type Locale, NextIntlClientProvider } from "next-intl";
import { type ReactNode, useMemo } from "react";

type Props = {
  locale: Locale;
  /** What components in the browser say, as JSON: React takes one text as it is, and visits each value of a tree. */
  messagesJson: string;
  children: ReactNode;
};

export function ClientMessages({ locale, messagesJson, children }: Props) {
  const messages = useMemo(() => JSON.parse(messagesJson), [messagesJson]);
  return (
    <NextIntlClientProvider locale={locale} timeZone="UTC" messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
