import type { Page } from "@playwright/test";
import { extractText, getDocumentProxy } from "unpdf";
import { expect } from "./fixtures";

/** Characters that a font draws as another looks, and a PDF may name by that other: radicals above all. */
const TWINS = "’ʼ⻚⻅戶⻆⻓⻬⻜⻋⻝⻔⻛⻢⻣⻥⻦⻉";
const PLAIN = "''页见户角长齐飞车食门风马骨鱼鸟贝";

/** As a PDF keeps it: without the spaces that only the layout made, and without the forms that a font has two of. */
export const bare = (text: string) =>
  [...text.normalize("NFKC").replace(/\s/g, "")].map((char) => PLAIN[TWINS.indexOf(char)] ?? char).join("");

/** What a paper of this size says, page by page, read back from the PDF that the browser saves. */
export async function readPaper(page: Page, format: "A4" | "A5" | "Letter"): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await page.pdf({ format }))));
  return text.map(bare);
}

/** Whether the words stand in the PDF, and each row and each chart as a whole on one page, on small paper as well. */
export async function expectOnPaper(page: Page, words: readonly (string | RegExp)[]): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.getByRole("button")).toHaveCount(0);
  for (const word of words) await expect(page.getByText(word).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  const whole = await page.locator("tr, .lines").evaluateAll((parts) =>
    // What is said to be for the screen alone is not looked for.
    parts.flatMap((part) => (part.closest('[class~="print:hidden"]') ? [] : (part as HTMLElement).innerText)),
  );
  const pages = await readPaper(page, "A5");
  for (const word of words) if (typeof word === "string") expect(pages.join("")).toContain(bare(word));
  const cut = whole.filter((part) => !pages.some((text) => text.includes(bare(part))));
  expect(cut, "cut in two").toEqual([]);
  await page.emulateMedia({ media: null });
}
