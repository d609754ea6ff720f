import "server-only";
import { cutToBytes, fitLines } from "./fit-lines";
import type { BotFacts, BotRequest, HookMessage } from "./message";

/** The content of a `text` message has at most 2,048 bytes of UTF-8. */
const MOST_BYTES = 2_048;
const MOST_TITLE_BYTES = 400;

/**
 * A group robot of WeCom (https://developer.work.weixin.qq.com/document/path/91770): a `text` message, since its markdown
 * knows no way to write its signs as mere letters. Its address holds its key; there is no signature.
 */
export function formatWecom(message: HookMessage, { url }: BotFacts): BotRequest {
  const title = cutToBytes(message.title, MOST_TITLE_BYTES);
  const around = Buffer.byteLength(`${title}\n\n\n\n${message.link}`);
  const lines = fitLines(message.lines, MOST_BYTES - around, message.more);
  return { url, body: { msgtype: "text", text: { content: [title, ...lines, message.link].join("\n\n") } } };
}
