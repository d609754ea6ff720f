import { readdirSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { log } from "@/lib/platform/log";
import { noteViolation } from "./csp-report";

const report = (body: string, type = "application/csp-report") =>
  noteViolation(
    new Request("http://localhost:3000/api/csp-report", { method: "POST", headers: { "content-type": type }, body }),
  );

test("a browser's report becomes one line without what the addresses ask for", async () => {
  const warn = vi.spyOn(log(), "warn").mockImplementation(() => {});
  const sent = {
    "document-uri": "http://localhost:3000/t/luma?q=secret#part",
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://evil.example/a.js?key=secret",
    "script-sample": "secret",
  };
  const answer = await report(JSON.stringify({ "csp-report": sent }));
  expect(answer.status).toBe(204);
  expect(warn.mock.calls).toEqual([
    [
      { directive: "script-src-elem", page: "http://localhost:3000/t/luma", blocked: "https://evil.example/a.js" },
      expect.any(String),
    ],
  ]);
});

test("the token of a link stays out of the log, on whatever page it is the path of", async () => {
  const folders = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("/[token]"));
  const pages = folders.map((path) => path.replace(/\([^)]*\)\//g, "").replace("/[token]", ""));
  expect(pages.length).toBeGreaterThan(0);
  const warn = vi.spyOn(log(), "warn").mockImplementation(() => {});
  for (const page of pages) {
    warn.mockClear();
    const address = `http://localhost:3000/${page}/`;
    await report(
      JSON.stringify({ "csp-report": { "document-uri": `${address}s3cret`, "blocked-uri": `${address}s3cret/x` } }),
    );
    expect(warn.mock.calls[0]?.[0]).toMatchObject({ page: `${address}…`, blocked: `${address}…` });
  }
});

test("whatever else is sent there is refused and not written down", async () => {
  const warn = vi.spyOn(log(), "warn").mockImplementation(() => {});
  warn.mockClear();
  for (const [body, type] of [
    ["", "application/csp-report"],
    ["{", "application/csp-report"],
    ["[]", "text/plain"],
  ]) {
    expect((await report(body ?? "", type ?? "")).status).toBe(400);
  }
  expect((await report(JSON.stringify({ "csp-report": "x".repeat(20_000) }))).status).toBe(400);
  expect(warn).not.toHaveBeenCalled();
});
