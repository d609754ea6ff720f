import { randomUUID } from "node:crypto";
import type { APIRequestContext, Browser, BrowserContext, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { addressOf, foldersOf } from "./addresses";
import { expect, test } from "./fixtures";
import { buy, createTeam, join, newTeam, signUp, unique } from "./people";
import { startWithoutProxy } from "./without-proxy";

const pages = foldersOf("page.tsx");
const ofTeam = (folder: string) => folder.includes("[team]");

async function sent(request: APIRequestContext, method: string, path: string, data?: object) {
  const response = await request.fetch(path, { method, ...(data ? { data } : {}) });
  expect(response.ok(), `${method} ${path}: ${await response.text()}`).toBe(true);
  return response.status() === 204 ? {} : response.json();
}

type Look = { text: string; isPayload: boolean; outcome: number };

/**
 * A page as a document, and as the payload that the browser asks for when a link is followed. A payload always answers
 * 200 and says within what it came to.
 */
function bothForms(request: APIRequestContext, address: string): Promise<[Look, Look]> {
  const look = async (url: string, headers: Record<string, string>): Promise<Look> => {
    const answer = await request.get(url, { headers, maxRedirects: 0 });
    const text = await answer.text();
    const isPayload = answer.headers()["content-type"]?.startsWith("text/x-component") ?? false;
    const within = isPayload ? /NEXT_HTTP_ERROR_FALLBACK;(404)|NEXT_REDIRECT;\w+;[^"]*;(307);/.exec(text) : null;
    return { text, isPayload, outcome: Number(within?.[1] ?? within?.[2] ?? answer.status()) };
  };
  // Without this parameter Next.js sends the asker of a payload to the address that has it.
  return Promise.all([look(address, {}), look(`${address}?_rsc`, { RSC: "1" })]);
}

/** A team on the sandbox with something of every kind that pages show by an id. */
async function furnish(request: APIRequestContext, slug: string) {
  const { body } = await buy(request, slug, { region: "US", window: "7" });
  const category = body.snapshot.rows[0].categoryId as string;
  const make = async (what: string, data: object) =>
    (await sent(request, "POST", `/api/v1/${what}?team=${slug}`, data)).id;
  const ids: Record<string, string> = {
    categories: category,
    receipts: body.snapshot.receipt.id,
    searches: await make("searches", { name: "Top", region: "US", window: "7", pages: 1 }),
    watchlists: await make("watchlists", { name: "Spring launch" }),
  };
  await make(`watchlists/${ids.watchlists}/items`, { categoryId: category, region: "US" });
  return ids;
}

const sessionOf = async (request: APIRequestContext) =>
  (await request.storageState()).cookies.find(({ name }) => name.endsWith("nichebook.session"))?.value ?? "";

test("no page holds a secret, neither as a document nor as the payload of a followed link", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(360_000);
  const { request } = page;
  const [email, password] = [`${unique("person")}@example.com`, `planted ${randomUUID()}`];
  await sent(request, "POST", "/api/v1/account/sign-up", { name: "Mia Keller", email, password });
  const elsewhere = await browser.newContext({ baseURL: baseURL ?? "" });
  await sent(elsewhere.request, "POST", "/api/v1/account/sign-in", { email, password });

  const { slug } = await createTeam(request);
  await sent(request, "POST", `/api/v1/key/sandbox?team=${slug}`);
  const ids = await furnish(request, slug);
  const hook = { name: "Hook", language: "en", limits: true, url: `http://127.0.0.1:9/hook-${randomUUID()}` };
  const bot = { ...hook, name: "Bot", format: "dingtalk", botSecret: `SEC${randomUUID()}` };
  const signed = await sent(request, "POST", `/api/v1/webhooks?team=${slug}`, { ...hook, format: "json" });
  await sent(request, "POST", `/api/v1/webhooks?team=${slug}`, bot);
  const { token } = await sent(request, "POST", `/api/v1/tokens?team=${slug}`, { name: "Sheet", scope: "read" });
  const invited = await sent(request, "POST", `/api/v1/invitations?team=${slug}`, { role: "viewer" });
  // A key is for a team that goes live, whose pages are looked at as well.
  const live = await createTeam(request);
  const apiKey = `sk_live_${randomUUID()}`;
  await sent(request, "PUT", `/api/v1/key?team=${live.slug}`, { apiKey });
  const factor = "/api/v1/account/second-factor";
  const { secret } = await sent(request, "POST", factor, { currentPassword: password });
  const code = new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, "")) }).generate();
  const { recoveryCodes } = await sent(request, "POST", `${factor}/confirm`, { code });

  const secrets: Record<string, string> = {
    "a password": password,
    "a KeyAPI key": apiKey,
    "a token": token,
    "a webhook's address": hook.url.split("/").at(-1) ?? "",
    "a webhook's secret": signed.secret.replace("whsec_", ""),
    "a bot's secret": bot.botSecret,
    "an invitation": invited.url.split("/").at(-1),
    "a second factor": secret,
    "a recovery code": recoveryCodes[0],
    "this browser's session": await sessionOf(request),
    "another browser's session": await sessionOf(elsewhere.request),
  };
  await elsewhere.close();
  for (const [what, value] of Object.entries(secrets)) expect(value?.length, what).toBeGreaterThan(15);

  const addresses = pages.flatMap((folder) =>
    ofTeam(folder)
      ? [addressOf(folder, slug, { ...ids, webhooks: signed.id }), addressOf(folder, live.slug, ids)]
      : [addressOf(folder, slug, { ...ids, invite: "x", "reset-password": "x", "confirm-email": "x" })],
  );
  const seen = { documents: 0, payloads: 0, ofWebhook: 0 };
  for (const address of addresses) {
    for (const { text, isPayload, outcome } of await bothForms(request, address)) {
      const found = Object.entries(secrets).flatMap(([what, value]) =>
        text.includes(value) ? [`${what} on ${address}`] : [],
      );
      expect(found).toEqual([]);
      if (outcome !== 200) continue;
      seen[isPayload ? "payloads" : "documents"] += 1;
      if (text.includes("127.0.0.1")) seen.ofWebhook += 1;
    }
  }
  // What may be shown of a webhook, its host, was seen in both forms: so the search does look into what pages hold.
  expect(seen.documents).toBeGreaterThan(60);
  expect(seen.payloads).toBe(seen.documents);
  expect(seen.ofWebhook).toBeGreaterThanOrEqual(4);
});

test("a page opens for every role of its team and for nobody else, in both forms, and shows no more than the role may see", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(360_000);
  expect((await page.request.get("/sign-in")).headers()).toHaveProperty("content-security-policy");
  await tryEveryRole(page, browser, baseURL);
});

// A second server and database for what one line of `proxy.test.ts` already says: in the long run only.
if (process.env.LONG) {
  test("the same holds without the proxy", async ({ browser }) => {
    test.setTimeout(600_000);
    const { baseURL, stop } = await startWithoutProxy();
    try {
      const owner = await (await browser.newContext({ baseURL })).newPage();
      expect((await owner.request.get("/sign-in")).headers()).not.toHaveProperty("content-security-policy");
      await tryEveryRole(owner, browser, baseURL);
      await owner.context().close();
    } finally {
      await stop();
    }
  });
}

async function tryEveryRole(page: Page, browser: Browser, baseURL: string | undefined) {
  const { slug } = await newTeam(page);
  const ids = await furnish(page.request, slug);
  const make = (what: string, data: object) => sent(page.request, "POST", `/api/v1/${what}?team=${slug}`, data);
  const { name } = await sent(page.request, "GET", `/api/v1/team?team=${slug}`);
  const own = unique("mine-alone");
  await make("searches", { name: own, region: "GB", window: "7", pages: 1, shared: false });
  const invited = `${unique("invited")}@example.com`;
  await make("invitations", { email: invited, role: "viewer" });

  const contexts: BrowserContext[] = [];
  const visitor = async (role?: string) => {
    const context = await browser.newContext({ baseURL: baseURL ?? "" });
    contexts.push(context);
    const { request } = context;
    if (!role) return request;
    await signUp(request, `Person ${role}`);
    await join(page.request, slug, request, role === "removed" ? "viewer" : role);
    return request;
  };
  const [admin, analyst, viewer, removed, stranger] = await Promise.all([
    visitor("admin"),
    visitor("analyst"),
    visitor("viewer"),
    visitor("removed"),
    visitor(),
  ]);
  const outsider = await visitor();
  await signUp(outsider, "Somebody Else");
  const { items } = await sent(page.request, "GET", `/api/v1/members?team=${slug}`);
  const gone = items.find((member: { name: string }) => member.name === "Person removed");
  await sent(page.request, "DELETE", `/api/v1/members/${gone.id}?team=${slug}`);

  for (const folder of pages.filter(ofTeam)) {
    const address = addressOf(folder, slug, ids);
    const seenBy = async (request: APIRequestContext) => {
      const looks = await bothForms(request, address);
      return { outcomes: looks.map(({ outcome }) => outcome), text: looks.map(({ text }) => text).join("\n") };
    };
    const [inside, ...others] = await Promise.all(
      [page.request, admin, analyst, viewer, removed, outsider, stranger].map(seenBy),
    );
    for (const [index, who] of ["admin", "analyst", "viewer", "removed", "outsider", "stranger"].entries()) {
      const { outcomes, text } = others[index] ?? { outcomes: [], text: "" };
      const isMember = index < 3;
      const expected = isMember ? inside?.outcomes : [who === "stranger" ? 307 : 404];
      expect([...new Set(outcomes)], `${address} by ${who}`).toEqual([...new Set(expected)]);
      const hidden = isMember ? (who === "admin" ? [own] : [own, invited]) : [name, own, invited];
      expect(
        hidden.filter((word) => text.includes(word)),
        `${address} by ${who}`,
      ).toEqual([]);
    }
  }
  // Where they may be seen they are: so the search does look into what pages hold.
  expect(await (await admin.get(`/t/${slug}/settings/members`)).text()).toContain(invited);
  expect(await (await page.request.get(`/t/${slug}/searches`)).text()).toContain(own);
  for (const context of contexts) await context.close();
}
