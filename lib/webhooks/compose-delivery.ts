import "server-only";
import type { Language } from "@/lib/auth/schemas";
import { translator } from "@/lib/i18n/translate";
import { type AlertLine, alertLines } from "@/lib/mail/alert-lines";
import { ownWords } from "@/lib/mail/compose-mail";
import { noticeLine } from "@/lib/mail/notice-lines";
import { type ReviewTold, reviewChatLines, reviewLines } from "@/lib/mail/review-lines";
import { cutToBytes } from "./fit-lines";
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
const wordsInChat = (text: string, longest?: number) => ownWords(text, longest).replace(/<(?=\S)/g, "<\u2060");

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

const MOST_COMMENT_BYTES = 500;
const MOST_MOVES = 8;
const MOST_PARAGRAPH_BYTES = 800;
/** A review as a chat has room for it; its page has all. */
const shortReview = (review: ReviewTold): ReviewTold => ({
  ...review,
  comment: cutToBytes(review.comment, MOST_COMMENT_BYTES),
  moves: review.moves.slice(0, MOST_MOVES),
});

function sayNotice(
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
  const { team, items, createdAt, webhook } = delivery;
  const t = translator(webhook.language);
  const plain = (words: string) => words;
  const say = (item: HookItem): string =>
    item.kind === "review"
      ? [
          t("mail.review.subject", { team: team.name }),
          ...reviewLines(t, webhook.language, item.facts as ReviewTold, plain),
        ].join("\n")
      : sayNotice(delivery, item, plain);
  return {
    type: items.every(({ kind }) => kind === "test") ? "webhook.test" : "notices.told",
    timestamp: createdAt,
    data: {
      team: { id: team.id, slug: team.slug, name: team.name },
      items: items.map((item) => {
        const [title = "", ...text] = say(item).split("\n");
        const { dedupe: id, kind, at, facts, link } = item;
        return { id, kind, at, title, text: text.join("\n"), link: `${baseUrl}/t/${team.slug}${link}`, facts };
      }),
    },
  };
}

function chatMessage(delivery: HookDelivery, baseUrl: string): HookMessage {
  const { team, items, webhook } = delivery;
  const t = translator(webhook.language);
  const [only, ...others] = items;
  const isAlone = only !== undefined && others.length === 0;
  const named = { team: wordsInChat(team.name) };
  const reviewTitle = t("mail.review.subject", named);
  const isReview = isAlone && only.kind === "review";
  const lines = items.flatMap((item) => {
    if (item.kind !== "review") return sayNotice(delivery, item, wordsInChat);
    const told = reviewChatLines(t, webhook.language, shortReview(item.facts as ReviewTold), wordsInChat);
    const review = told.map((paragraph) => cutToBytes(paragraph, MOST_PARAGRAPH_BYTES));
    return isReview ? review : [reviewTitle, ...review];
  });
  return {
    title: isReview ? reviewTitle : t("hook.title", { ...named, count: items.length }),
    lines,
    more: (count) => t("hook.more", { count }),
    action: t("hook.action"),
    link: `${baseUrl}/t/${team.slug}${isAlone ? only.link : "/alerts"}`,
  };
}
