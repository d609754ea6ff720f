import { expect, test } from "vitest";
import { parseEnv } from "@/lib/platform/env";
import { settingsProblems } from "./check-settings";

function problems(source: Record<string, string>): string[] {
  const result = parseEnv(source);
  if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
  return settingsProblems(result.env, Object.keys(source));
}

test("settings that fit together are not spoken of, nor is what belongs to other programs", () => {
  expect(problems({})).toEqual([]);
  expect(
    problems({ PATH: "/bin", HOSTNAME: "a", APP_NAME: "b", DATABASE_HOST: "c", SHELL: "d", LOG_FILE: "e" }),
  ).toEqual([]);
  const metrics = { METRICS_TOKEN: "sixteen letters or more" };
  expect(problems({ APP_URL: "https://nichebook.example.com", TRUST_PROXY: "on", ...metrics })).toEqual([]);
});

test.each([
  [{ KEYAPI_TIMEOUT: "1" }, "is KEYAPI_TIMEOUT_MS meant?"],
  [{ SMTP_URI: "smtp://x" }, "is SMTP_URL meant?"],
  [{ APP_SECRETS: "x" }, "is APP_SECRET meant?"],
  [{ APP_URL: "http://nichebook.example.com" }, "put a proxy with TLS in front"],
  [{ APP_URL: "https://nichebook.example.com" }, "set TRUST_PROXY=on"],
  [{ TRUST_PROXY: "on" }, "METRICS_TOKEN is not set behind a proxy"],
  [{ MAIL_FROM: "a@example.com" }, "MAIL_FROM is set without SMTP_URL"],
])("%j is told with its mend", (source, mend) => {
  expect(problems(source as Record<string, string>)).toEqual([expect.stringContaining(mend)]);
});
