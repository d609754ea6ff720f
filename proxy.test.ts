import fc from "fast-check";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { config, proxy } from "./proxy";

const settings = vi.hoisted(() => ({ https: false, production: true }));
vi.mock("@/lib/platform/env", () => ({
  isHttps: () => settings.https,
  isProductionBuild: () => settings.production,
}));
beforeEach(() => {
  Object.assign(settings, { https: false, production: true });
});

const visit = (headers: Record<string, string> = {}) =>
  proxy(new NextRequest("http://localhost:3000/t/luma", { headers })).headers;
const policyOf = (headers: Headers) =>
  Object.fromEntries(
    (headers.get("content-security-policy") ?? "").split("; ").map((directive) => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values];
    }),
  );

describe("a page's headers", () => {
  test("let only scripts with this answer's nonce run, and no page frame this one", () => {
    const [one, two] = [visit(), visit()];
    const policy = policyOf(one);
    expect(policy["script-src"]).toEqual([
      "'self'",
      expect.stringMatching(/^'nonce-[\w+/]{22}=='$/),
      "'strict-dynamic'",
    ]);
    expect(policy["script-src"]).not.toEqual(policyOf(two)["script-src"]);
    expect(policy).toMatchObject({ "frame-ancestors": ["'none'"], "base-uri": ["'none'"], "object-src": ["'none'"] });
    expect(policy["report-uri"]).toEqual(["/api/csp-report"]);
    expect(policy["style-src"]).not.toContain("'unsafe-inline'");
  });

  test("hand the same nonce to the page, whatever the visitor sent as one", () => {
    const headers = visit({ "x-nonce": "mine", "content-security-policy": "script-src 'nonce-mine'" });
    const nonce = headers.get("x-middleware-request-x-nonce");
    expect(nonce).not.toBe("mine");
    expect(policyOf(headers)["script-src"]).toContain(`'nonce-${nonce}'`);
    expect(headers.get("x-middleware-request-content-security-policy")).toBe(headers.get("content-security-policy"));
  });

  test("promise https only where the installation is reached by it", () => {
    expect(visit().has("strict-transport-security")).toBe(false);
    settings.https = true;
    expect(visit().get("strict-transport-security")).toBe("max-age=31536000");
  });

  test("allow in development what its tools need", () => {
    settings.production = false;
    const policy = policyOf(visit());
    expect(policy["script-src"]).toContain("'unsafe-eval'");
    expect(policy["style-src"]).toEqual(["'self'", "'unsafe-inline'"]);
  });

  test("are all that it does: whoever asks for whatever goes on to the page, which decides, so that nothing hangs on it", () => {
    const cookie = fc.constantFrom("", "nichebook.session=x", "__Host-nichebook.session=y; a=b");
    fc.assert(
      fc.property(
        fc.webPath(),
        fc.webQueryParameters(),
        cookie,
        fc.constantFrom("", "1"),
        (path, query, cookies, rsc) => {
          const headers = { cookie: cookies, ...(rsc ? { rsc } : {}), "x-middleware-subrequest": "proxy" };
          const answer = proxy(new NextRequest(`http://localhost:3000${path}?${query}`, { headers }));
          expect([answer.status, answer.headers.get("x-middleware-next")]).toEqual([200, "1"]);
          for (const name of ["location", "set-cookie", "x-middleware-rewrite"])
            expect(answer.headers.has(name)).toBe(false);
        },
      ),
    );
  });

  test("are set on every page, and not on the API and built files", () => {
    const matches = (path: string) => new RegExp(`^${config.matcher}$`).test(path);
    for (const page of ["/", "/sign-in", "/t/luma/explore", "/apiary"])
      expect([page, matches(page)]).toEqual([page, true]);
    for (const path of ["/api/v1/me", "/_next/static/chunks/a.js"])
      expect([path, matches(path)]).toEqual([path, false]);
  });
});
