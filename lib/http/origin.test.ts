import { beforeEach, describe, expect, test, vi } from "vitest";
import { assertSameOrigin } from "./origin";

const settings = vi.hoisted(() => ({ appUrl: "http://localhost:3000" }));
vi.mock("@/lib/platform/env", () => ({
  appUrl: () => settings.appUrl,
  isHttps: () => settings.appUrl.startsWith("https:"),
}));

const send = (headers: Record<string, string>) =>
  assertSameOrigin(new Request("http://localhost:3000/api/v1/teams", { method: "POST", headers }));
const refused = expect.objectContaining({ code: "cross_origin" });

beforeEach(() => {
  settings.appUrl = "http://localhost:3000";
});

describe("a change with a cookie", () => {
  test.each<Record<string, string>>([
    { origin: "http://localhost:3000", host: "localhost:3000" },
    { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" },
    { origin: "http://localhost:3000", host: "127.0.0.1:3000" },
    { origin: "http://[::1]:3000", host: "[::1]:3000", "sec-fetch-site": "same-origin" },
    { host: "localhost:3000", "sec-fetch-site": "same-origin" },
    { host: "localhost:3000" },
  ])("passes from this application or from no browser: %o", (headers) => {
    expect(() => send(headers)).not.toThrow();
  });

  test.each<Record<string, string>>([
    { origin: "https://evil.example", host: "localhost:3000" },
    { origin: "http://localhost:4000", host: "localhost:3000" },
    { origin: "http://localhost:3000.evil.example", host: "localhost:3000" },
    { origin: "null", host: "localhost:3000" },
    { origin: "", host: "localhost:3000" },
    { host: "localhost:3000", "sec-fetch-site": "cross-site" },
    { host: "localhost:3000", "sec-fetch-site": "same-site" },
    { origin: "http://localhost:3000", host: "localhost:3000", "sec-fetch-site": "cross-site" },
  ])("is refused from elsewhere: %o", (headers) => {
    expect(() => send(headers)).toThrow(refused);
  });

  test("behind a proxy passes from the public address, and never from plain http", () => {
    settings.appUrl = "https://book.example";
    expect(() => send({ origin: "https://book.example", host: "10.0.0.7:3000" })).not.toThrow();
    expect(() => send({ origin: "http://book.example", host: "book.example" })).toThrow(refused);
  });
});
