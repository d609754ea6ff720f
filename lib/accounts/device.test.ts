import fc from "fast-check";
import { expect, test } from "vitest";
import { deviceOf } from "./device";

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    { browser: "Edge", system: "Windows" },
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    { browser: "Safari", system: "macOS" },
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0 Mobile/15E148 Safari/604.1",
    { browser: "Chrome", system: "iOS" },
  ],
  [
    "Mozilla/5.0 (Linux; Android 15; V2324A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.55",
    { browser: "WeChat", system: "Android" },
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", { browser: "Firefox", system: "Linux" }],
  ["curl/8.5.0", { browser: null, system: null }],
  [null, { browser: null, system: null }],
])("%s is known by its own words", (userAgent, device) => {
  expect(deviceOf(userAgent)).toEqual(device);
});

test("whatever a program calls itself, only known names come out", () => {
  fc.assert(
    fc.property(fc.string(), (userAgent) => {
      for (const name of Object.values(deviceOf(userAgent)))
        expect(name === null || /^[A-Za-z ]+$/.test(name)).toBe(true);
    }),
  );
});
