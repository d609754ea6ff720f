import "server-only";
import { z } from "zod";
import type { WebhookFormat, WebhookProblem } from "./schemas";

/** What came back: a whole answer, or none. `cause` is the network's own name of what went wrong. */
export type HookExchange =
  | { status: number; body: string; retryAfter: string | null }
  | {
      status: null;
      problem: "address_refused" | "host_unknown" | "not_reached" | "timeout" | "unreadable";
      cause: string | null;
    };

/** `code` is Feishu's (`StatusCode` in older answers), `errcode` that of DingTalk and WeCom: 0 is the only good one. */
const botAnswer = z.union([
  z.object({ code: z.number() }).transform(({ code }) => code),
  z.object({ StatusCode: z.number() }).transform(({ StatusCode }) => StatusCode),
  z.object({ errcode: z.number() }).transform(({ errcode }) => errcode),
]);

/**
 * Why a message did not arrive; null when it did. Feishu, DingTalk and WeCom answer HTTP 200 also when they refuse: what
 * counts is the code inside, and an answer without one is no "yes".
 */
export function judgeAnswer(format: WebhookFormat, exchange: HookExchange): WebhookProblem | null {
  if (exchange.status === null) return exchange.problem;
  if (exchange.status >= 300 && exchange.status < 400) return "redirect";
  if (exchange.status < 200 || exchange.status >= 300) return "status";
  if (format === "json" || format === "slack") return null;
  return botAnswer.safeParse(readJson(exchange.body)).data === 0 ? null : "answer";
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
