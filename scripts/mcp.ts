import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { appUrl, env } from "@/lib/platform/env";
import { askApi } from "./mcp-api";
import { makeMcpServer } from "./mcp-server";

// `npm run --silent mcp`: lets an assistant ask a team's stored data over the HTTP API. Standard output belongs to the
// protocol, so whatever is to be said to a person goes to standard error.

try {
  const { NICHEBOOK_URL: url = appUrl(), NICHEBOOK_TOKEN: token } = env();
  if (!token) throw new Error("NICHEBOOK_TOKEN is not set: make an API token under Settings → API tokens.");
  const server = await makeMcpServer(askApi(url, token));
  await server.connect(new StdioServerTransport());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
