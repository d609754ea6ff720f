import { randomBytes } from "node:crypto";
import { type APIRequestContext, expect, type Page } from "@playwright/test";

export const PASSWORD = "a long pass phrase";

export const unique = (word: string) => `${word}-${randomBytes(4).toString("hex")}`;

/** Signs a new person up over the API; the cookie lands in the given context. */
export async function signUp(request: APIRequestContext, name = "Mia Keller"): Promise<{ email: string }> {
  const email = `${unique("person")}@example.com`;
  const response = await request.post("/api/v1/account/sign-up", { data: { name, email, password: PASSWORD } });
  expect(response.status(), await response.text()).toBe(201);
  return { email };
}

export async function createTeam(
  request: APIRequestContext,
  name = "Luma Trading",
): Promise<{ id: string; slug: string }> {
  const response = await request.post("/api/v1/teams", { data: { name: unique(name), timeZone: "UTC" } });
  expect(response.status(), await response.text()).toBe(201);
  return response.json();
}

/** A signed-in owner with a team on the sandbox. */
export async function newTeam(page: Page): Promise<{ id: string; slug: string; email: string }> {
  const { email } = await signUp(page.request);
  const { id, slug } = await createTeam(page.request);
  const chosen = await page.request.post(`/api/v1/key/sandbox?team=${slug}`);
  expect(chosen.status(), await chosen.text()).toBe(200);
  return { id, slug, email };
}

/** Lets somebody signed in join a team by invitation. */
export async function join(owner: APIRequestContext, slug: string, guest: APIRequestContext, role: string) {
  const invited = await owner.post(`/api/v1/invitations?team=${slug}`, { data: { role } });
  expect(invited.status(), await invited.text()).toBe(201);
  const token = new URL((await invited.json()).url).pathname.split("/").at(-1);
  const joined = await guest.post("/api/v1/invitations/accept", { data: { token } });
  expect(joined.status(), await joined.text()).toBe(200);
}

export async function buy(request: APIRequestContext, slug: string, data: Record<string, unknown>) {
  const response = await request.post(`/api/v1/insights?team=${slug}`, { data });
  return { status: response.status(), body: await response.json() };
}
