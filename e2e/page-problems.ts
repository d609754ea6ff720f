import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** 320 px is the smallest phone, and 1280 at 400 %; 640 is 1280 at 200 %. */
const WIDTHS = [1440, 768, 640, 360, 320] as const;
const WIDEST = 3840;
const HEIGHT = 900;
export const PHONE = { width: 360, height: 780 };
/** Of the window's area and height, as browsers measure it; 0.1 is what they call good. */
const MOST_SHIFT = 0.02;

/** Lets a page sum up by how much its parts were moved while it was loading. */
export const watchShifts = (page: Page) =>
  page.addInitScript(() => {
    const sum = window as Window & { shifted?: number };
    sum.shifted = 0;
    new PerformanceObserver((list) => {
      const shifts = list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[];
      for (const { value, hadRecentInput } of shifts) if (!hadRecentInput) sum.shifted = (sum.shifted ?? 0) + value;
    }).observe({ type: "layout-shift", buffered: true });
  });

/** Opens a page, and tells all that is wrong with it, a line for each: in light on a wide window, in dark on a phone. */
export async function problemsOf(page: Page, address: string, status = 200): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
  const answer = await page.goto(address);
  const found = answer?.status() === status ? [] : [`${address}: answers ${answer?.status()}`];
  found.push(...(await problemsHere(page, address)));
  return found;
}

/** The same of a page as it stands. What floats over it follows a window that changes too late: it is for one width. */
export async function problemsHere(page: Page, what: string, widths: readonly number[] = WIDTHS): Promise<string[]> {
  // What a bar covers for the moment can be scrolled free: it is looked at from the top.
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    // What is drawn when it comes near is looked at as it is then.
    for (const row of document.querySelectorAll<HTMLElement>("tbody tr")) row.style.contentVisibility = "visible";
  });
  const found = await accessible(page);
  found.push(...(await page.evaluate(shifted, MOST_SHIFT)));
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHT });
    found.push(...(await page.evaluate(sideways)).map((wide) => `sticks out at ${width} px: ${wide}`));
  }
  found.push(...(await page.evaluate(moving)).map((one) => `moves although nothing is to: ${one}`));
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  found.push(...(await accessible(page)).map((problem) => `in the dark: ${problem}`));
  // The keyboard is in use from here on, so that what has the focus is to be seen.
  await page.keyboard.press("Tab");
  found.push(...(await page.evaluate(unseen)).map((one) => `has the focus, and nobody sees it: ${one}`));
  return found.map((problem) => `${what}: ${problem}`);
}

/** By how much the parts of a page are moved while it loads on a phone, and what sticks out of the widest window. */
export async function problemsAtTheEnds(page: Page, address: string): Promise<string[]> {
  await page.setViewportSize(PHONE);
  await page.goto(address);
  const found = (await page.evaluate(shifted, MOST_SHIFT)).map((problem) => `on a phone: ${problem}`);
  await page.setViewportSize({ width: WIDEST, height: HEIGHT });
  found.push(...(await page.evaluate(sideways)).map((wide) => `sticks out at ${WIDEST} px: ${wide}`));
  return found.map((problem) => `${address}: ${problem}`);
}

async function accessible(page: Page): Promise<string[]> {
  // There are no frames, so that axe needs no page of its own to put results together.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  // Guards of a menu hand the focus on by themselves.
  const { violations } = await axe.exclude("[data-base-ui-focus-guard]").withTags(WCAG).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

/** Runs in the page. */
function shifted(most: number): string[] {
  const { shifted: sum = 0 } = window as Window & { shifted?: number };
  return sum > most ? [`shifts by ${sum.toFixed(3)} while it loads`] : [];
}

/** Runs in the page: what makes the document wider than the window, the innermost. */
async function sideways(): Promise<string[]> {
  // A window of another width is drawn with the next frame, and what floats over the page follows in the one after.
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  await frame();
  await frame();
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth);
  const innermost = wide.filter((one) => !wide.some((other) => other !== one && one.contains(other)));
  const told = (one: Element) => `${one.tagName}.${one.className} “${one.textContent?.trim().slice(0, 30)}”`;
  return [`by ${scrollWidth - innerWidth} px: ${innermost.slice(0, 3).map(told).join(", ")}`];
}

/** Runs in the page: what lasts longer than a blink. */
function moving(): string[] {
  return document.getAnimations().flatMap((one) => {
    const { duration = 0 } = one.effect?.getComputedTiming() ?? {};
    return Number(duration) > 1 ? [`${one.constructor.name} of ${duration} ms`] : [];
  });
}

/**
 * Runs in the page: what the keyboard can stand on without an outline around it. The field of a panel that has nothing
 * else to stand on shows its caret.
 */
function unseen(): string[] {
  const stops = document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [tabindex]");
  return [...stops].flatMap((stop) => {
    if (stop.tabIndex < 0 || stop.matches(":disabled, [data-base-ui-focus-guard], [role=combobox]")) return [];
    stop.focus({ preventScroll: true });
    if (document.activeElement !== stop) return [];
    const { outlineStyle, outlineWidth } = getComputedStyle(stop);
    const isSeen = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    return isSeen ? [] : [`${stop.tagName}.${stop.className} “${stop.textContent?.trim().slice(0, 30)}”`];
  });
}
