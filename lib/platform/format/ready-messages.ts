import compile from "icu-minify/compile";
import formatMessage from "use-intl/format-message";

type Tree = { [key: string]: string | Tree };

/**
 * Messages as this build formats them. Pages format compiled ones, so that no look takes each of its sentences apart
 * again (`next.config.mjs` chooses that); programs outside of pages keep the texts.
 */
export const readyMessages = <Messages extends Tree>(messages: Messages): Messages =>
  formatMessage.raw ? messages : compileMessages(messages);

/** Each text as the formatter of compiled messages reads it, in the same tree. */
export function compileMessages<Messages extends Tree>(messages: Messages): Messages {
  const compiled = (value: string | Tree): unknown =>
    typeof value === "string"
      ? compile(value)
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, compiled(inner)]));
  // The compiler's objects have no prototype; what goes to the browser must be plain.
  return JSON.parse(JSON.stringify(compiled(messages)));
}
