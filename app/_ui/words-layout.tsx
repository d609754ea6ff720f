import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { type ClientWords, clientWords } from "@/lib/i18n/messages";
import { MoreMessages } from "./more-messages";

/** The layout of pages whose components in the browser say more than every page does: these groups of messages. */
export const wordsLayout = (...groups: ClientWords[]) =>
  async function WordsLayout({ children }: { children: ReactNode }) {
    return <MoreMessages messagesJson={clientWords(await getLocale(), ...groups)}>{children}</MoreMessages>;
  };
