import "server-only";

/** First match wins: many browsers also name those that they descend from. */
const BROWSERS: readonly [name: string, sign: RegExp][] = [
  ["WeChat", /MicroMessenger\//],
  ["Edge", /Edg(e|A|iOS)?\//],
  ["Opera", /OPR\/|Opera\//],
  ["Samsung Internet", /SamsungBrowser\//],
  ["QQ Browser", /M?QQBrowser\//],
  ["Firefox", /Firefox\/|FxiOS\//],
  ["Chrome", /Chrome\/|CriOS\/|Chromium\//],
  ["Safari", /Version\/.*Safari\//],
];
const SYSTEMS: readonly [name: string, sign: RegExp][] = [
  ["HarmonyOS", /HarmonyOS|OpenHarmony/],
  ["iPadOS", /iPad/],
  ["iOS", /iPhone|iPod/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["ChromeOS", /CrOS/],
  ["macOS", /Macintosh|Mac OS X/],
  ["Linux", /Linux|X11/],
];

export type Device = { browser: string | null; system: string | null };

/** Browser and system as a user agent names them: enough for people to know their own devices. */
export function deviceOf(userAgent: string | null): Device {
  const firstOf = (list: readonly [string, RegExp][]) =>
    list.find(([, sign]) => sign.test(userAgent ?? ""))?.[0] ?? null;
  return { browser: firstOf(BROWSERS), system: firstOf(SYSTEMS) };
}
