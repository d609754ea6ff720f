import "server-only";
import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";

/** A secret of 256 bits in the form of the Standard Webhooks specification. */
export const newSecret = () => PREFIX + randomBytes(32).toString("base64");

const hmac = (key: string | Uint8Array, text: string) => createHmac("sha256", key).update(text).digest("base64");

/**
 * Headers by which a receiver knows who wrote, when, and that it is the same message again: Standard Webhooks 1.0
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). The signature is
 * HMAC-SHA256 over `id.timestamp.body`, once for each secret that holds.
 */
export function standardHeaders(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1000));
  const sign = (secret: string) =>
    `v1,${hmac(Buffer.from(secret.slice(PREFIX.length), "base64"), `${id}.${seconds}.${body}`)}`;
  return {
    "webhook-id": id,
    "webhook-timestamp": seconds,
    "webhook-signature": secrets.map(sign).join(" "),
  };
}

/** Feishu: the key is `seconds \n secret`, and nothing is signed with it (https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot). */
export const feishuSign = (secret: string, seconds: string) => hmac(`${seconds}\n${secret}`, "");

/** DingTalk: `milliseconds \n secret`, signed with the secret (https://open.dingtalk.com/document/robots/customize-robot-security-settings). */
export const dingtalkSign = (secret: string, milliseconds: string) => hmac(secret, `${milliseconds}\n${secret}`);
