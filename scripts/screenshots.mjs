import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { CHROMIUM_ARGS, systemChromium } from "./chromium.mjs";
import { buildApp, buildPrograms, NODE, prepare, QUIET, ROOT } from "./setup.mjs";

// npm run screenshots: takes the README's pictures of the demo, made anew on a data folder of its own: its team, its
// people and its market are always the same, only its days are the last 90.

const SHOWN = { width: 1440, height: 810 };
const READY_WITHIN_MS = 900_000;
/** `about`: what stands in the middle of the picture; otherwise it begins at the top. */
const PICTURES = [
  { name: "ranking", path: "/explore?region=US&window=7" },
  { name: "home", path: "" },
  { name: "category", path: /^\/t\/[^/]+\/categories\/\d+/, about: ".lines-plot" },
  { name: "credits", path: "/credits" },
];

const say = (/** @type {string} */ line) => console.log(line);
const folder = mkdtempSync(join(tmpdir(), "nichebook-screenshots-"));
// As root, PostgreSQL runs as another user, who must be able to pass through.
chmodSync(folder, 0o711);

await prepare(say);
await buildPrograms(say);
await buildApp(say);
const app = spawn(NODE, [join(ROOT, ".build/server.mjs"), "--demo"], {
  cwd: ROOT,
  stdio: ["ignore", "pipe", "inherit", "ipc"],
  env: {
    ...process.env,
    ...QUIET,
    NODE_ENV: "production",
    LOG_LEVEL: "warn",
    PORT: "0",
    DATA_DIR: join(folder, "data"),
  },
});
const ended = new Promise((done) => app.once("exit", done));
try {
  await takeAll(await address());
} finally {
  app.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

/** Where the demo is, once it is ready. @returns {Promise<string>} */
function address() {
  return new Promise((done, reject) => {
    const timer = setTimeout(
      () => reject(new Error("The demo did not start; does `npm run demo` work?")),
      READY_WITHIN_MS,
    );
    let told = "";
    app.stdout.on("data", (chunk) => {
      process.stdout.write(chunk);
      told += chunk;
      const ready = /Nichebook is ready: (\S+)/.exec(told)?.[1];
      if (!ready) return;
      clearTimeout(timer);
      done(ready);
    });
    void ended.then(() => reject(new Error("The demo ended before it was ready.")));
  });
}

/** @param {string} base */
async function takeAll(base) {
  const { chromium } = await import("@playwright/test");
  const executablePath = systemChromium();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS });
  const context = await browser.newContext({ baseURL: base, locale: "en-US", colorScheme: "light", viewport: SHOWN });
  const page = await context.newPage();
  await signIn(page);
  const team = new URL(page.url()).pathname;
  mkdirSync(join(ROOT, "docs/screenshots"), { recursive: true });
  for (const { name, path, about } of PICTURES) {
    await page.goto(typeof path === "string" ? `${team}${path}` : await firstLink(page, path), {
      waitUntil: "networkidle",
    });
    if (about)
      await page
        .locator(about)
        .first()
        .evaluate((part) => part.scrollIntoView({ block: "center" }));
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(ROOT, `docs/screenshots/${name}.png`), animations: "disabled" });
    say(`docs/screenshots/${name}.png`);
  }
  await browser.close();
}

/** @param {import("@playwright/test").Page} page */
async function signIn(page) {
  const { password } = JSON.parse(readFileSync(join(folder, "data/demo.json"), "utf8"));
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("mia@demo.example");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/t\/[^/]+$/);
}

/** @param {import("@playwright/test").Page} page @param {RegExp} path */
async function firstLink(page, path) {
  const links = await page.locator("main a").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  const found = links.find((href) => path.test(href));
  if (!found) throw new Error(`No link on the page leads to ${path}.`);
  return found;
}
