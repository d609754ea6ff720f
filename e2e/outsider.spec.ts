import { readFileSync } from "node:fs";
import { join } from "node:path";
import { foldersOf, ROOT } from "./addresses";
import { expect, test } from "./fixtures";
import { buy, createTeam, newTeam, signUp } from "./people";

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
const FOREIGN = ["api/auth/[...nextauth]"];

const methodsInCode = () =>
  foldersOf("route.ts")
    .filter((folder) => !FOREIGN.includes(folder))
    .flatMap((folder) =>
      [
        ...readFileSync(join(ROOT, "app", folder, "route.ts"), "utf8").matchAll(
          /export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE)\b/g,
        ),
      ].map(([, method]) => `${method} /${folder}`),
    )
    .sort();

test("only routes that exist are no team's", () => {
  expect(methodsInCode()).toEqual(expect.arrayContaining(Object.keys(TEAMLESS)));
  expect(methodsInCode().length).toBeGreaterThan(50);
});

test("somebody of another team gets 404 from every route, and 401 when signed out", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
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

  await outsider.close();
  await stranger.close();
});
