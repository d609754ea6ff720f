import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Locator, type Page, expect as plainExpect } from "@playwright/test";
import type { Words } from "./journey-words";

/** Pages are read anew after a press: on a busy machine that takes its time. */
export const expect = plainExpect.configure({ timeout: 30_000 });

/** What a person does on a page, with whatever they use. */
export type Hands = {
  page: Page;
  press(target: Locator): Promise<void>;
  /** Picks the option of a native list that has this text. */
  choose(list: Locator, option: string | RegExp): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
  /** Goes to a page of the team by its name, by the navigation where it is there and by looking it up elsewhere. */
  goTo(name: string): Promise<void>;
  /** The keyboard still stands somewhere; a picture is taken when `JOURNEY_SHOTS` names a folder. */
  look(step: string): Promise<void>;
};

export type Look = { input: "keyboard" | "mouse"; locale: "en-US" | "zh-CN"; width: number; scheme: "light" | "dark" };

const SHOTS = process.env.JOURNEY_SHOTS;
/** As many stops of the Tab key as anybody would bear. */
const MOST_STOPS = 160;

export const handsOf = (page: Page, look: Look, words: Words, journey: string): Hands =>
  look.input === "mouse" ? mouse(page, words, shooter(page, look, journey)) : keys(page, shooter(page, look, journey));

function shooter(page: Page, { input, locale, width, scheme }: Look, journey: string) {
  let nth = 0;
  return async (step: string) => {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    nth += 1;
    const name = [journey, input, locale, width, scheme, String(nth).padStart(2, "0"), step].join("_");
    await page.screenshot({ path: join(SHOTS, `${name}.png`), animations: "disabled", caret: "initial" });
  };
}

function mouse(page: Page, words: Words, look: Hands["look"]): Hands {
  return {
    page,
    look,
    press: (target) => target.click(),
    choose: async (list, option) => {
      await list.selectOption({ index: await indexOf(list, option) });
    },
    write: (field, text) => field.fill(text),
    goTo: async (name) => {
      const link = page
        .getByRole("navigation", { name: words.nav })
        .getByRole("link", { name })
        .filter({ visible: true });
      if ((await link.count()) > 0) await link.first().click();
      else {
        await page.getByRole("button", { name: words.find }).filter({ visible: true }).click();
        const panel = page.getByRole("dialog", { name: words.findTitle });
        await panel.getByRole("combobox").fill(name);
        await panel.getByRole("option", { name }).first().click();
      }
      await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
    },
  };
}

function keys(page: Page, shoot: Hands["look"]): Hands {
  const look = async (step: string) => {
    await expectKept(page);
    await shoot(step);
  };
  return {
    page,
    look,
    press: async (target) => {
      await reach(page, target);
      const isLink = await target.evaluate((element) => element.matches("a"));
      await page.keyboard.press(isLink ? "Enter" : "Space");
    },
    choose: async (list, option) => {
      await reach(page, list);
      const wanted = await indexOf(list, option);
      const before = await list.evaluate((element) => (element as HTMLSelectElement).selectedIndex);
      const key = wanted > before ? "ArrowDown" : "ArrowUp";
      for (let step = Math.abs(wanted - before); step > 0; step--) await page.keyboard.press(key);
      await expect(list.locator("option:checked")).toHaveText(option);
    },
    write: async (field, text) => {
      await reach(page, field);
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text);
      await expect(field).toHaveValue(text);
    },
    goTo: async (name) => {
      await expectKept(page);
      // The keys are heard once the page is awake, as its buttons are.
      await expect(page.getByRole("button", { name: /^(Find|查找)…/ }).filter({ visible: true })).toBeEnabled();
      await page.keyboard.press("Control+k");
      const panel = page.getByRole("dialog").filter({ has: page.getByRole("combobox") });
      await expect(panel.getByRole("combobox")).toBeFocused();
      await page.keyboard.type(name);
      await expect(panel.getByRole("option", { name }).first()).toHaveAttribute("data-highlighted");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
      await expectKept(page);
    },
  };
}

async function indexOf(list: Locator, option: string | RegExp): Promise<number> {
  const texts = await list.locator("option").allTextContents();
  const found = texts.findIndex((text) => (typeof option === "string" ? text === option : option.test(text)));
  expect(found, `${option} among ${texts.join(" | ")}`).toBeGreaterThanOrEqual(0);
  return found;
}

/** Goes from stop to stop until the target has the focus, forwards or backwards as somebody who sees the page would. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeEnabled();
  await expectKept(page);
  for (let stop = 0; stop <= MOST_STOPS; stop++) {
    const { there, ahead, wrong } = await target.evaluate(standing);
    // Before the first step the page itself has it, or a region that is no stop.
    if (stop > 0) expect(wrong, "a stop of the keyboard that nobody sees").toBeNull();
    if (there) return;
    await page.keyboard.press(ahead ? "Tab" : "Shift+Tab");
  }
  throw new Error(`The keyboard does not reach ${target} within ${MOST_STOPS} stops.`);
}

/** Runs in the page: whether the target has the focus, where it stands from there, and what is wrong with that place. */
function standing(target: Element): { there: boolean; ahead: boolean; wrong: string | null } {
  const here = document.activeElement;
  if (!(here instanceof HTMLElement) || here === document.body) {
    return { there: false, ahead: true, wrong: "none has the focus" };
  }
  const { DOCUMENT_POSITION_FOLLOWING, DOCUMENT_POSITION_CONTAINED_BY } = Node;
  const ahead = here.compareDocumentPosition(target) & (DOCUMENT_POSITION_FOLLOWING | DOCUMENT_POSITION_CONTAINED_BY);
  return { there: here === target, ahead: ahead !== 0, wrong: hidden() };

  function hidden(): string | null {
    // Guards of a dialog hand the focus on by themselves.
    if (!here || here.matches("[data-base-ui-focus-guard]")) return null;
    const told = `${here.tagName} ${here.getAttribute("aria-label") ?? here.textContent?.trim().slice(0, 60)}`;
    const { outlineStyle, outlineWidth } = getComputedStyle(here);
    const isOutlined = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    // The field of a panel that has nothing else to stand on shows its caret.
    if (!isOutlined && !here.matches("[role=combobox]")) return `no outline: ${told}`;
    const box = here.getBoundingClientRect();
    const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
    const [right, bottom] = [Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)];
    if (right - left < 2 || bottom - top < 2) return `out of sight: ${told}`;
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y] as const));
    const isSeen = points.some(([x, y]) => {
      const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
      return hit !== null && (here.contains(hit) || hit.contains(here));
    });
    return isSeen ? null : `covered: ${told}`;
  }
}

/** Whatever was pressed and whatever went: the focus is not lost to the page. A page just loaded begins at its start. */
async function expectKept(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const isBody = document.activeElement === null || document.activeElement === document.body;
        return isBody && sessionStorage.getItem("stood") === String(performance.timeOrigin)
          ? "the page itself"
          : "kept";
      }),
    )
    .toBe("kept");
}

/** Lets a page remember that something of it has had the focus. */
export const rememberStops = (page: Page) =>
  page.addInitScript(() => {
    document.addEventListener("focusin", () => sessionStorage.setItem("stood", String(performance.timeOrigin)));
  });
