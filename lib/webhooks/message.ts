import "server-only";

/** What a bot is to say: plain sentences, in which nothing is markup. */
export type HookMessage = {
  title: string;
  lines: readonly string[];
  /** Says how many lines had no room. */
  more: (left: number) => string;
  /** The words of the link, and where it leads. */
  action: string;
  link: string;
};

/** What the bot's page shows of it, and the moment of sending. */
export type BotFacts = { url: string; secret: string; keyword: string; at: Date };

export type BotRequest = { url: string; body: object };

/** The title with the word that the bot asks for, unless something says it already. */
export function withKeyword({ title, lines }: HookMessage, keyword: string): string {
  return keyword === "" || [title, ...lines].some((text) => text.includes(keyword)) ? title : `${title} · ${keyword}`;
}
