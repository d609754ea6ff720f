import "server-only";
import { fitLines } from "./fit-lines";
import { type BotFacts, type BotRequest, type HookMessage, withKeyword } from "./message";
import { dingtalkSign } from "./sign";

/** A body may have 20,000 bytes; JSON and the words around take some of it. */
const MOST_BYTES = 12_000;

/**
 * A custom robot of DingTalk (https://open.dingtalk.com/document/robots/custom-robot-access): a `text` message, in which
 * nothing is markup. With the robot's secret, time and signature stand in the address.
 */
export function formatDingtalk(message: HookMessage, { url, secret, keyword, at }: BotFacts): BotRequest {
  const signed = new URL(url);
  if (secret !== "") {
    const timestamp = String(at.getTime());
    signed.searchParams.set("timestamp", timestamp);
    signed.searchParams.set("sign", dingtalkSign(secret, timestamp));
  }
  const lines = [withKeyword(message, keyword), ...fitLines(message.lines, MOST_BYTES, message.more), message.link];
  return { url: signed.href, body: { msgtype: "text", text: { content: lines.join("\n\n") } } };
}
