import { randomUUID } from "node:crypto";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { PRICE_CREDITS } from "@/lib/insights/schemas";
import type { ApiAnswer, AskApi } from "./mcp-api";

const QUESTION = {
  region: z.string().describe("ISO country code such as US or GB, or all_regions"),
  window: z.string().describe("1, 7 or 30 for the last so many days, or a calendar month as YYYY-MM"),
  category: z.string().optional().describe("Id of a third-level category; leave out for the whole ranking"),
  q: z.string().optional().describe("Keyword; leave out for none"),
  page: z.int().min(1).max(25).optional().describe("20 rows a page, from 1"),
};
const id = z.uuid();
const maxCredits = z.int().min(0).describe("The most that this call may cost, in credits. It buys nothing above that");

const READS = "Reads what the team has stored. Costs nothing.";
const FIGURES =
  "Rows are product categories and how their TikTok ads perform: no sales, no prices. null means that the provider gave no value, never 0. Do not average rates, and do not compare costs across regions: the currency is unknown.";

/**
 * A server for assistants over the HTTP API: reading tools always, spending ones only when the token may spend.
 * @throws with a sentence for a person when the token is not accepted
 */
export async function makeMcpServer(ask: AskApi): Promise<McpServer> {
  const me = await ask("GET", "/me");
  if (!me.ok) throw new Error(`Nichebook does not accept the token: ${me.body.detail ?? `status ${me.status}`}`);
  const server = new McpServer({ name: "nichebook", version: "1" });
  addReadingTools(server, ask);
  if (me.body.scope === "read+spend") addSpendingTools(server, ask);
  return server;
}

function addReadingTools(server: McpServer, ask: AskApi): void {
  const reading = <Input extends z.ZodRawShape>(
    name: string,
    title: string,
    description: string,
    inputSchema: Input,
    run: (input: z.output<z.ZodObject<Input>>) => Promise<ApiAnswer>,
  ) =>
    server.registerTool(
      name,
      { title, description: `${description} ${READS}`, inputSchema, annotations: { readOnlyHint: true } },
      // The library hands over what the shape above has checked.
      (async (input: z.output<z.ZodObject<Input>>) => told(await run(input))) as never,
    );

  reading("who_am_i", "Team and role", "Whose token this is, for which team, and whether it may spend.", {}, () =>
    ask("GET", "/me"),
  );
  reading(
    "find",
    "Find by name",
    "Categories, saved searches, watchlists and members by part of their name.",
    { q: z.string().min(1) },
    (query) => ask("GET", "/find", { query }),
  );
  reading(
    "get_ranking",
    "Stored ranking",
    `The newest stored page of a ranking, with its age and receipt. ${FIGURES} Answers not_stored with the price where nobody fetched it.`,
    QUESTION,
    (query) => ask("GET", "/insights", { query }),
  );
  reading(
    "get_history",
    "Course of a category",
    `Stored figures of one category over time, oldest first. ${FIGURES}`,
    {
      categoryId: z.string().regex(/^\d+$/),
      region: QUESTION.region,
      window: z.string().describe("1, 7, 30, or month for calendar months"),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    },
    ({ categoryId, ...query }) => ask("GET", `/categories/${categoryId}/history`, { query }),
  );
  reading(
    "get_movements",
    "What moved",
    "What moved, came or went in what the team follows, most important first.",
    { scope: z.string().optional().describe("all, list.<id> or search.<id>") },
    (query) => ask("GET", "/movements", { query }),
  );
  reading("list_watchlists", "Watchlists", "The team's watchlists.", {}, () => ask("GET", "/watchlists"));
  reading("get_watchlist", "One watchlist", `A watchlist and its items. ${FIGURES}`, { id }, (input) =>
    ask("GET", `/watchlists/${input.id}`),
  );
  reading("list_searches", "Saved searches", "The team's saved searches.", {}, () => ask("GET", "/searches"));
  reading("list_alerts", "Alerts", "What the team's alert rules told.", {}, () => ask("GET", "/alerts"));
  reading(
    "get_credits",
    "Credits",
    "What was spent, by whom or for what, what is held, and what the limit leaves.",
    { groupBy: z.enum(["member", "day", "purpose", "search"]).optional() },
    (query) => ask("GET", "/credits/summary", { query }),
  );
  reading("get_run", "One run", "How a run in the background stands, and what it spent.", { id }, (input) =>
    ask("GET", `/runs/${input.id}`),
  );
}

function addSpendingTools(server: McpServer, ask: AskApi): void {
  const spends = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };
  server.registerTool(
    "buy_ranking",
    {
      title: `Fetch a ranking · ${PRICE_CREDITS} credits`,
      description: `SPENDS: ${PRICE_CREDITS} credits for one page, unless a stored answer is young enough, which costs 0. ${FIGURES}`,
      inputSchema: {
        ...QUESTION,
        maxAgeMinutes: z.int().min(0).optional().describe("Accept a stored answer younger than this; 0 asks anew"),
        maxCredits,
      },
      annotations: spends,
    },
    async ({ maxCredits: most, ...body }) => {
      if (most < PRICE_CREDITS) return refused(`This page costs ${PRICE_CREDITS} credits, more than maxCredits.`);
      return told(await ask("POST", "/insights", { body, idempotencyKey: randomUUID() }));
    },
  );
  for (const [name, title, what, path] of [
    ["run_search", "Run a saved search", "a saved search", "/searches/{id}/run"],
    ["refresh_watchlist", "Refresh a watchlist", "a watchlist", "/watchlists/{id}/refresh"],
  ] as const) {
    server.registerTool(
      name,
      {
        title: `${title} · ${PRICE_CREDITS} credits a request`,
        description: `SPENDS: ${PRICE_CREDITS} credits for each request that ${what} needs and that is not fresh, at most maxCredits. With dryRun it only tells the price and costs 0. Answers a runId to follow with get_run.`,
        inputSchema: { id, dryRun: z.boolean().optional(), maxCredits },
        annotations: spends,
      },
      async ({ id: of, dryRun = false, maxCredits: most }) =>
        told(
          await ask("POST", path.replace("{id}", of), {
            body: { dryRun, maxCredits: most },
            idempotencyKey: randomUUID(),
          }),
        ),
    );
  }
}

/** The API's own words: problems too, with their code and what a failed purchase came to. */
const told = ({ ok, body }: ApiAnswer): CallToolResult => ({
  content: [{ type: "text", text: JSON.stringify(body) }],
  ...(ok ? {} : { isError: true }),
});

const refused = (why: string): CallToolResult => ({ content: [{ type: "text", text: why }], isError: true });
