import "server-only";
import type { Language } from "@/lib/auth/schemas";
import { translator } from "@/lib/i18n/translate";
import { type AlertLine, alertLines } from "@/lib/mail/alert-lines";
import { ownWords } from "@/lib/mail/compose-mail";
import { noticeLine } from "@/lib/mail/notice-lines";
import { formatDingtalk } from "./format-dingtalk";
import { formatFeishu } from "./format-feishu";
import { formatSlack } from "./format-slack";
import { formatWecom } from "./format-wecom";
import type { HookSecrets } from "./hook-secrets";
import type { BotFacts, BotRequest, HookMessage } from "./message";
import type { HookRequest } from "./post-hook";
import type { WebhookFormat } from "./schemas";
import { standardHeaders } from "./sign";

export type HookItem = { dedupe: string; kind: string; facts: object; name: string | null; link: string; at: string };

export type HookDelivery = {
  id: string;
  createdAt: string;
  team: { id: string; slug: string; name: string; timeZone: string };
  webhook: { id: string; name: string; format: WebhookFormat; language: Language; keyword: string };
  secrets: HookSecrets;
  items: readonly HookItem[];
};

const BOTS: Record<Exclude<WebhookFormat, "json">, (message: HookMessage, facts: BotFacts) => BotRequest> = {
  slack: formatSlack,
  feishu: formatFeishu,
  dingtalk: formatDingtalk,
  wecom: formatWecom,
};

/** Somebody's words in a chat: what bots could take for a mention is broken, as addresses are. */
const wordsInChat = (text: string) => ownWords(text).replace(/<(?=\S)/g, "<\u2060");

/** The request that tells a delivery, the same for each attempt but for the moment and its signature. */
export function composeDelivery(delivery: HookDelivery, baseUrl: string, at: Date): HookRequest {
  const { webhook, secrets } = delivery;
  const headers = { "content-type": "application/json; charset=utf-8" };
  if (webhook.format === "json") {
    const body = JSON.stringify(programBody(delivery, baseUrl));
    const { secret, before } = secrets;
    const valid = before && Date.parse(before.until) > at.getTime() ? [secret, before.secret] : [secret];
    return {
      url: secrets.url,
      body,
      headers: { ...headers, ...standardHeaders(valid, { id: delivery.id, at, body }) },
    };
  }
  const { url, secret } = secrets;
  const facts = { url, secret, keyword: webhook.keyword, at };
  const request = BOTS[webhook.format](chatMessage(delivery, baseUrl), facts);
  // Bots take no notice of it; whoever looks at the traffic, or stands between, knows a repetition by it.
  return { url: request.url, body: JSON.stringify(request.body), headers: { ...headers, "webhook-id": delivery.id } };
}

function sayItem(
  { webhook: { language }, team: { timeZone } }: HookDelivery,
  { kind, facts, name, at }: HookItem,
  own: (text: string) => string,
): string {
  const t = translator(language);
  if (kind === "test") return `${t("hook.test.title")}\n${t("hook.test.text")}`;
  if (kind === "alert") return alertLines(t, language, { alerts: [facts as AlertLine], timeZone }, own).join("\n");
  return noticeLine(t, language, { kind, facts, name, at }, timeZone, own);
}

function programBody(delivery: HookDelivery, baseUrl: string) {
  const { team, items, createdAt } = delivery;
  return {
    type: items.every(({ kind }) => kind === "test") ? "webhook.test" : "notices.told",
    timestamp: createdAt,
    data: {
      team: { id: team.id, slug: team.slug, name: team.name },
      items: items.map((item) => {
        const [title = "", text = ""] = sayItem(delivery, item, (words) => words).split("\n");
        const { dedupe: id, kind, at, facts, link } = item;
        return { id, kind, at, title, text, link: `${baseUrl}/t/${team.slug}${link}`, facts };
      }),
    },
  };
}

function chatMessage(delivery: HookDelivery, baseUrl: string): HookMessage {
  const { team, items, webhook } = delivery;
  const t = translator(webhook.language);
  const [only, ...others] = items;
  return {
    title: t("hook.title", { team: wordsInChat(team.name), count: items.length }),
    lines: items.map((item) => sayItem(delivery, item, wordsInChat)),
    more: (count) => t("hook.more", { count }),
    action: t("hook.action"),
    link: `${baseUrl}/t/${team.slug}${only && others.length === 0 ? only.link : "/alerts"}`,
  };
}
