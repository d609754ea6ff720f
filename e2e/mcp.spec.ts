import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { expect, test } from "./fixtures";
import { newTeam } from "./people";
import { charges } from "./sandbox";

async function connect(url: string, token: string): Promise<Client> {
  const client = new Client({ name: "walk", version: "1" });
  const env = { ...process.env, NICHEBOOK_URL: url, NICHEBOOK_TOKEN: token } as Record<string, string>;
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [".build/mcp.mjs"], env }));
  return client;
}

async function call(client: Client, name: string, input: Record<string, unknown> = {}) {
  const { content, isError } = await client.callTool({ name, arguments: input });
  const [{ text }] = content as [{ text: string }];
  return { text, failed: isError === true, body: text.startsWith("{") ? JSON.parse(text) : null };
}

const RANKING = { region: "US", window: "7" };
const isRead = ({ annotations }: { annotations?: { readOnlyHint?: boolean | undefined } | undefined }) =>
  annotations?.readOnlyHint === true;

test("an assistant reads for nothing, and spends only with a token that may, at most what it says", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { id, slug } = await newTeam(page);
  const token = async (scope: string) => {
    const made = await page.request.post(`/api/v1/tokens?team=${slug}`, { data: { name: scope, scope } });
    expect(made.status(), await made.text()).toBe(201);
    return (await made.json()).token as string;
  };
  const reader = await connect(baseURL ?? "", await token("read"));
  const spender = await connect(baseURL ?? "", await token("read+spend"));
  try {
    const { tools } = await reader.listTools();
    expect(tools.filter((tool) => !isRead(tool))).toEqual([]);
    expect(await call(reader, "get_ranking", RANKING)).toMatchObject({
      failed: true,
      body: { code: "not_stored", priceCredits: 2 },
    });
    expect((await call(reader, "buy_ranking", { ...RANKING, maxCredits: 2 })).failed).toBe(true);

    const spending = (await spender.listTools()).tools.filter((tool) => !isRead(tool));
    expect(spending.map(({ name }) => name).sort()).toEqual(["buy_ranking", "refresh_watchlist", "run_search"]);
    for (const { description, inputSchema } of spending) {
      expect(description).toContain("2 credits");
      expect(inputSchema.required).toContain("maxCredits");
    }
    expect(await call(spender, "buy_ranking", { ...RANKING, maxCredits: 1 })).toMatchObject({ failed: true });
    expect((await charges(id)).requests).toBe(0);

    const bought = await call(spender, "buy_ranking", { ...RANKING, maxCredits: 2 });
    expect(bought.body).toMatchObject({ source: "bought", creditsSpent: 2 });
    expect(await charges(id)).toEqual({ requests: 1, charged: 1, credits: 2 });

    const stored = await call(reader, "get_ranking", RANKING);
    expect(stored.body.rows).toHaveLength(20);
    const [{ categoryId }] = stored.body.rows;
    expect((await call(reader, "get_history", { ...RANKING, categoryId })).body.points).toHaveLength(1);
    expect((await call(reader, "get_credits")).body).toMatchObject({ spent: 2 });
    for (const name of ["who_am_i", "get_movements", "list_watchlists", "list_searches", "list_alerts"]) {
      expect((await call(reader, name)).failed, name).toBe(false);
    }
    expect(await charges(id)).toEqual({ requests: 1, charged: 1, credits: 2 });
  } finally {
    await Promise.all([reader.close(), spender.close()]);
  }
});
