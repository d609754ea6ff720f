import "server-only";
import { fitLines } from "./fit-lines";
import { type BotFacts, type BotRequest, type HookMessage, withKeyword } from "./message";
import { feishuSign } from "./sign";

/** The whole body may have 20 kB; JSON and the words around take some of it. */
const MOST_BYTES = 12_000;

/**
 * A custom bot of Feishu or Lark (https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot): a `post`, whose
 * `text` nodes are plain. With the bot's secret, time and signature stand in the body.
 */
export function formatFeishu(message: HookMessage, { url, secret, keyword, at }: BotFacts): BotRequest {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const lines = fitLines(message.lines, MOST_BYTES, message.more);
  return {
    url,
    body: {
      ...(secret === "" ? {} : { timestamp, sign: feishuSign(secret, timestamp) }),
      msg_type: "post",
      content: {
        post: {
          zh_cn: {
            title: withKeyword(message, keyword),
            content: [
              ...lines.map((text) => [{ tag: "text", text }]),
              [{ tag: "a", text: message.action, href: message.link }],
            ],
          },
        },
      },
    },
  };
}
