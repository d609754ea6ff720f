"use client";
import { type Messages, NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";

/** Gives the components of a part of the application what only they say, besides what stands around it; as JSON. */
export function MoreMessages({ messagesJson, children }: { messagesJson: string; children: ReactNode }) {
  const around = useMessages() as { client?: object };
  const messages = useMemo(
    () => ({ ...around, client: { ...around.client, ...JSON.parse(messagesJson).client } }) as Messages,
    [around, messagesJson],
  );
  return (
    <NextIntlClientProvider locale={useLocale()} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
