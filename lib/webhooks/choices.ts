// What forms offer to choose from, without the schemas: browsers need not load what checks them.

/** Who is talked to: a program of the team's own, or a bot in a chat. */
export const WEBHOOK_FORMATS = ["json", "slack", "feishu", "dingtalk", "wecom"] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];
/** Bots that take a secret of theirs, to prove who writes. */
export const SIGNED_BOTS: readonly WebhookFormat[] = ["feishu", "dingtalk"];
/** Bots that may ask for a word in every message. */
export const KEYWORD_BOTS: readonly WebhookFormat[] = ["feishu", "dingtalk"];
/** What a webhook may hear of beside the rules that tell it. */
export const WEBHOOK_SUBJECTS = ["limits", "provider", "reviews"] as const;
export const WEBHOOK_TIMINGS = ["at_once", "daily", "weekly"] as const;
