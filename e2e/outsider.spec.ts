import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "./fixtures";
import { buy, createTeam, newTeam, signUp } from "./people";

const ROOT = join(import.meta.dirname, "..");
const filesNamed = (name: string) =>
  readdirSync(join(ROOT, "app"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

/** What is no team's. Every other method of every route is a team's, and tried as one: a new one by itself. */
const TEAMLESS: Record<string, { access: "account" | "public"; body?: unknown }> = {
  "POST /api/csp-report": { access: "public" },
  "GET /api/health": { access: "public" },
  "GET /api/metrics": { access: "public" },
  "GET /api/ready": { access: "public" },
  "GET /api/v1/openapi.json": { access: "public" },
  "POST /api/v1/account/sign-up": { access: "public" },
  "POST /api/v1/account/sign-in": { access: "public" },
  "POST /api/v1/account/sign-out": { access: "public" },
  "POST /api/v1/account/forgot-password": { access: "public" },
  "POST /api/v1/account/reset-password": { access: "public" },
  "POST /api/v1/account/confirm-email": { access: "public" },
  "GET /api/v1/account/export": { access: "account" },
  "POST /api/v1/account/delete": { access: "account" },
  "POST /api/v1/account/email": { access: "account" },
  "POST /api/v1/account/password": { access: "account" },
  "POST /api/v1/account/second-factor": { access: "account" },
  "POST /api/v1/account/second-factor/confirm": { access: "account" },
  "POST /api/v1/account/second-factor/remove": { access: "account" },
  "POST /api/v1/account/second-factor/recovery-codes": { access: "account" },
  "GET /api/v1/account/sessions": { access: "account" },
  "DELETE /api/v1/account/sessions": { access: "account" },
  "DELETE /api/v1/account/sessions/[id]": { access: "account" },
  "PATCH /api/v1/account": { access: "account", body: { name: "x" } },
  "GET /api/v1/teams": { access: "account" },
  "POST /api/v1/invitations/accept": { access: "account", body: { token: "x" } },
  "POST /api/v1/teams": { access: "account", body: { name: "x" } },
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

test("only routes that exist are no team's", () => {
  expect(methodsInCode()).toEqual(expect.arrayContaining(Object.keys(TEAMLESS)));
  expect(methodsInCode().length).toBeGreaterThan(50);
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

  for (const route of methodsInCode()) {
    const { access, body } = TEAMLESS[route] ?? { access: "team" };
    const [method = "GET", template = ""] = route.split(" ");
    const withTeam = `${template.replace(/\[\w+\]/g, requestId)}?team=${slug}`;
    const options = { method, ...(method === "GET" ? {} : { data: body ?? {} }) };
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
