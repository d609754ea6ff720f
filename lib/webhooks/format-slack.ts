import "server-only";
import { cutToBytes, fitLines } from "./fit-lines";
import type { BotFacts, BotRequest, HookMessage } from "./message";

/** A message has at most 50 blocks, a header 150 characters, a section 3,000; all of it some 13,000. */
const MOST_LINES = 40;
const MOST_BYTES = 9_000;
const MOST_TITLE_BYTES = 150;

/** The three letters that Slack reads as markup (https://docs.slack.dev/messaging/formatting-message-text). */
const escapeSlack = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const plain = (text: string) => ({ type: "plain_text", text, emoji: false });

/**
 * An incoming webhook of Slack (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). Sentences go
 * as `plain_text`, in which Slack reads no markup; only the link and the words for the notification are escaped mrkdwn.
 */
export function formatSlack(message: HookMessage, { url }: BotFacts): BotRequest {
  const { title, action, link, more } = message;
  const shown = message.lines.slice(0, MOST_LINES);
  const left = message.lines.length - shown.length;
  const fitting = fitLines(left > 0 ? [...shown, more(left)] : shown, MOST_BYTES, (cut) => more(cut + left));
  return {
    url,
    body: {
      text: escapeSlack(title),
      blocks: [
        { type: "header", text: plain(cutToBytes(title, MOST_TITLE_BYTES)) },
        ...fitting.map((line) => ({ type: "section", text: plain(line) })),
        { type: "section", text: { type: "mrkdwn", text: `<${escapeSlack(link)}|${escapeSlack(action)}>` } },
      ],
    },
  };
}
