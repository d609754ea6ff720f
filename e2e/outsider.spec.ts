import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "./fixtures";
import { buy, createTeam, newTeam, signUp } from "./people";

const ROOT = join(import.meta.dirname, "..");
const filesNamed = (name: string) =>
  readdirSync(join(ROOT, "app"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

type Access = "team" | "account" | "public";
/**
 * Every method of every route, and what it takes to try it. `team` routes are called for a team of others; a route
 * without an entry fails the test.
 */
const ROUTES: Record<string, { access: Access; body?: unknown; path?: string }> = {
  "GET /api/health": { access: "public" },
  "GET /api/ready": { access: "public" },
  "GET /api/v1/openapi.json": { access: "public" },
  "POST /api/v1/account/sign-up": { access: "public" },
  "POST /api/v1/account/sign-in": { access: "public" },
  "POST /api/v1/account/sign-out": { access: "public" },
  "PATCH /api/v1/account": { access: "account", body: { name: "x" } },
  "GET /api/v1/teams": { access: "account" },
  "POST /api/v1/teams": { access: "account", body: { name: "x" } },
  "GET /api/v1/me": { access: "team" },
  "GET /api/v1/key": { access: "team" },
  "PUT /api/v1/key": { access: "team", body: { apiKey: "sk_live_of_somebody" } },
  "DELETE /api/v1/key": { access: "team" },
  "POST /api/v1/key/sandbox": { access: "team" },
  "POST /api/v1/key/test": { access: "team" },
  "GET /api/v1/insights": { access: "team", path: "/api/v1/insights?region=US&window=7" },
  "POST /api/v1/insights": { access: "team", body: { region: "US", window: "7" } },
  "GET /api/v1/categories": { access: "team" },
  "GET /api/v1/credits/summary": { access: "team" },
  "GET /api/v1/credits/entries": { access: "team" },
  "GET /api/v1/credits/balance": { access: "team" },
  "POST /api/v1/credits/balance": { access: "team", body: { kind: "stated", credits: 7 } },
  "POST /api/v1/credits/requests/settle": { access: "team", body: { all: true, charged: true, reason: "mine now" } },
  "POST /api/v1/credits/requests/[id]/settle": { access: "team", body: { charged: true, reason: "mine now" } },
};
/** next-auth's own handler: no team in it. */
const FOREIGN = ["app/api/auth/[...nextauth]/route.ts"];

const methodsInCode = () =>
  filesNamed("route.ts")
    .filter((file) => !FOREIGN.includes(file))
    .flatMap((file) =>
      [
        ...readFileSync(join(ROOT, file), "utf8").matchAll(
          /export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE)\b/g,
        ),
      ].map(([, method]) => `${method} /${file.replace(/^app\//, "").replace(/\/route\.ts$/, "")}`),
    )
    .sort();

test("every route has an entry here", () => {
  expect(methodsInCode()).toEqual(Object.keys(ROUTES).sort());
});

test("somebody of another team gets 404 from every route and page, and 401 when signed out", async ({
  page,
  browser,
  baseURL,
}) => {
  const { slug } = await newTeam(page);
  const bought = await buy(page.request, slug, { region: "US", window: "7" });
  const requestId = bought.body.snapshot.receipt.id;
  const outsider = await browser.newContext({ baseURL: baseURL ?? "" });
  await signUp(outsider.request, "Somebody Else");
  await createTeam(outsider.request, "Elsewhere");
  const stranger = await browser.newContext({ baseURL: baseURL ?? "" });

  for (const [route, { access, body, path }] of Object.entries(ROUTES)) {
    const [method = "GET", template = ""] = route.split(" ");
    const address = (path ?? template).replace("[id]", requestId);
    const withTeam = `${address}${address.includes("?") ? "&" : "?"}team=${slug}`;
    const options = { method, ...(body ? { data: body } : {}) };
    if (access === "team") {
      const refused = await outsider.request.fetch(withTeam, options);
      expect(refused.status(), `${route} by an outsider`).toBe(404);
      expect(await refused.json(), route).toMatchObject({ code: "not_found" });
      const nowhere = await outsider.request.fetch(withTeam.replace(slug, "no-such-team"), options);
      expect(nowhere.status(), `${route} for no team`).toBe(404);
    }
    if (access !== "public") {
      const signedOut = await stranger.request.fetch(withTeam, options);
      expect(signedOut.status(), `${route} signed out`).toBe(401);
    }
  }

  const pages = filesNamed("page.tsx").filter((file) => file.includes("[team]"));
  expect(pages.length).toBeGreaterThanOrEqual(4);
  for (const file of pages) {
    const address = `/${file
      .replace(/^app\//, "")
      .replace(/\/page\.tsx$/, "")
      .replace("[team]", slug)
      .replace(/\[\w+\]/g, "601583")}`;
    const response = await outsider.request.get(address, { maxRedirects: 0 });
    expect(response.status(), address).toBe(404);
    expect(await response.text()).not.toContain("Luma Trading");
    const signedOut = await stranger.request.get(address, { maxRedirects: 0 });
    expect([307, 308, 404], `${address} signed out`).toContain(signedOut.status());
  }
  await outsider.close();
  await stranger.close();
});
