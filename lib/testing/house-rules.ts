import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A file of this repository; `path` is relative to its root, with forward slashes. */
export type HouseFile = { path: string; text: string };

/** Names what is wrong, one line a finding, each beginning with the file's path. */
export type HouseRule = (files: HouseFile[]) => string[];

const TOP_FOLDERS = ["app", "bench", "docs", "e2e", "lib", "messages", "prisma", "public", "sandbox", "scripts"];
const GENERATED = /^lib\/platform\/prisma-client\//;
const CODE = /\.(ts|tsx|mts|mjs|cjs|js|css)$/;
const TEST = /\.test\.tsx?$|^lib\/testing\/|^e2e\/|^bench\//;
const isCode = (file: HouseFile) => CODE.test(file.path);
const isProductLib = (file: HouseFile) => /^lib\/.+\.tsx?$/.test(file.path) && !TEST.test(file.path);

/** Keeps the number of lines, so that a finding may name its line; texts inside strings stay. */
const withoutComments = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ""))
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/\s\/\/ .*$/gm, "");

function findEach(files: HouseFile[], pattern: RegExp, complaint: string): string[] {
  return files.flatMap((file) =>
    withoutComments(file.text)
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1} ${complaint}`] : [])),
  );
}

/** The first statement after comments and blank lines, e.g. `import "server-only"` or `"use client"`. */
const firstStatement = (text: string) =>
  withoutComments(text)
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "") ?? "";

/** Every file that is not ignored by git; hidden folders but `.ci` belong to tools and people, not to the house. */
export function readTree(root: string): HouseFile[] {
  const ignored = readFileSync(path.join(root, ".gitignore"), "utf8")
    .split("\n")
    .map((line) => line.trim().replace(/\/$/, ""))
    .filter((line) => line !== "" && !line.startsWith("#"));
  const isIgnored = (relative: string, name: string) =>
    ignored.some((rule) => (rule.startsWith("*") ? name.endsWith(rule.slice(1)) : rule === name || rule === relative));
  const walk = (folder: string): HouseFile[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const relative = folder ? `${folder}/${entry.name}` : entry.name;
      if (isIgnored(relative, entry.name)) return [];
      if (entry.isDirectory()) return entry.name.startsWith(".") && entry.name !== ".ci" ? [] : walk(relative);
      const isText = CODE.test(entry.name) || /\.(json|md|sql|prisma|sh|example)$/.test(entry.name);
      return [{ path: relative, text: isText ? readFileSync(path.join(root, relative), "utf8") : "" }];
    });
  return walk("");
}

/** @param libFolders the folders of lib/ that have a line in `.dependency-cruiser.cjs`. */
export const foldersAreNamed =
  (libFolders: string[]): HouseRule =>
  (files) =>
    files.flatMap(({ path: file }) => {
      const [top = "", second = "", ...rest] = file.split("/");
      if (second === "" || top.startsWith(".")) return [];
      if (!TOP_FOLDERS.includes(top)) return [`${file} is in a top-level folder that the house does not know`];
      if (top !== "lib") return [];
      if (rest.length === 0) return [`${file} lies in lib/ itself: it belongs to a folder`];
      return [...libFolders, "testing"].includes(second) ? [] : [`${file} is in a folder of lib/ without a layer`];
    });

export const namesSayWhatIsInside: HouseRule = (files) =>
  files.flatMap(({ path: file }) => {
    if (!file.startsWith("lib/") || GENERATED.test(file)) return [];
    if (file.endsWith(".tsx")) return [`${file} renders: it belongs to app/`];
    return /(^|\/)(index|utils?|helpers?)(\.|\/)/.test(file) ? [`${file} has a name that says nothing`] : [];
  });

export const serverOnlyComesFirst: HouseRule = (files) =>
  files.filter(isProductLib).flatMap(({ path: file, text }) => {
    const isShared = /\/(schemas|choices)\.ts$|^lib\/charts\/|^lib\/platform\/format/.test(file);
    const isMarked = /^import ["']server-only["'];?$/.test(firstStatement(text));
    if (isShared) return isMarked ? [`${file} is for the browser too: it cannot be server-only`] : [];
    return isMarked ? [] : [`${file} does not begin with import "server-only"`];
  });

export const environmentIsReadInOnePlace: HouseRule = (files) => {
  const allowed =
    /^lib\/platform\/env\.ts$|^scripts\/[^/]+\.mjs$|^(prisma|playwright|vitest|next)\.config\.(ts|mjs)$|^lib\/testing\/|^e2e\/|^bench\//;
  const pattern = /process\s*\??\.\s*env\b|process\[["']env|from ["'](node:)?process["']/;
  const complaint = "reads the environment: ask lib/platform/env.ts";
  const judged = files.filter((file) => isCode(file) && !allowed.test(file.path));
  const starter = judged.find((file) => file.path === "scripts/server.ts");
  const others = judged.filter((file) => file !== starter);
  // The starter prepares what Next and next-auth read for themselves, and turns port 0 into a free one.
  const starterText = starter?.text.replace(/process\.env\.(NEXTAUTH_URL|__NEXT_PROCESSED_ENV|PORT)\b/g, "");
  return findEach(starter ? [...others, { path: starter.path, text: starterText ?? "" }] : others, pattern, complaint);
};

/** A key where it is sent, a mail where it is sent or shown to the operator, a second factor where a code is compared, a
 * webhook's address and secrets where it is posted to. */
export const sealsAreOpenedWhereTheyAreUsed: HouseRule = (files) => {
  const allowed =
    /^lib\/platform\/crypto\.([a-z]+\.)*ts$|^lib\/keyapi\/client\.ts$|^lib\/mail\/open-mail\.ts$|^lib\/auth\/second-factor\.ts$|^lib\/webhooks\/hook-secrets\.ts$/;
  return findEach(
    files.filter((file) => isCode(file) && !allowed.test(file.path)),
    /\bopenSealed\b/,
    "opens a sealed text: the places that may are named in this rule",
  );
};

/** The browser's own calls have one place; the server's one way out is lib/keyapi/client.ts, which needs no fetch. */
export const fetchIsCalledInOnePlace: HouseRule = (files) =>
  findEach(
    files
      .filter((file) => /^(app|lib)\/.+\.tsx?$/.test(file.path) && !TEST.test(file.path))
      .filter((file) => file.path !== "app/_ui/call-api.ts"),
    /(?<![.\w])fetch\(|globalThis\.fetch\b|window\.fetch\b/,
    "calls fetch: pages call our routes through app/_ui/call-api.ts",
  );

const METHOD = /^export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm;

export const routesAreDeclarations: HouseRule = (files) =>
  files
    .filter((file) => /^app\/api\/v1\/.*route\.tsx?$/.test(file.path))
    .flatMap(({ path: file, text }) => {
      const code = withoutComments(text);
      const starts = [...code.matchAll(METHOD)].map((match) => ({ method: match[1] ?? "", at: match.index }));
      if (starts.length === 0 || /^export \{|^export \*/m.test(code)) return [`${file} does not declare its methods`];
      return starts.flatMap(({ method, at }, index) => {
        const declaration = code.slice(at, starts[index + 1]?.at);
        if (!/^export const \w+ = (apiRoute\(|asWorkbook\(csv\);)/.test(declaration))
          return [`${file} ${method} is no apiRoute()`];
        const spends = /\bspends:\s*true|\bbuyPage\(/.test(declaration);
        return spends && method === "GET" ? [`${file} GET spends: reading is free`] : [];
      });
    });

export const teamPagesAskWhoLooks: HouseRule = (files) =>
  files
    .filter((file) => /^app\/t\/\[team\]\/(.+\/)?page\.tsx$/.test(file.path))
    .filter((file) => !/\bawait requireTeam\(/.test(withoutComments(file.text)))
    .map((file) => `${file.path} does not ask who looks: await requireTeam(slug, path)`);

/** Values of lib that the browser may load, schemas not among them: what checks them weighs more than a page. Types vanish. */
export const clientLoadsClientCode: HouseRule = (files) =>
  files
    .filter((file) => file.path.startsWith("app/") && /^["']use client["'];?$/.test(firstStatement(file.text)))
    .flatMap((file) =>
      [...withoutComments(file.text).matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s+["']@\/(lib\/[^"']+)["']/gm)]
        .map(([, target = ""]) => target)
        .filter((target) => !/^lib\/([^/]+\/choices|charts\/.+|platform\/format.*)$/.test(target))
        .map((target) => `${file.path} loads ${target} into the browser`),
    );

/** `@/…` across folders, `./…` within one; a feature's subfolder may climb to its feature. No `.ts` endings. */
export const importsAreWrittenOneWay: HouseRule = (files) =>
  files
    .filter((file) => /^(app|lib)\/.+\.tsx?$/.test(file.path) && !GENERATED.test(file.path))
    .flatMap(({ path: file, text }) =>
      [...withoutComments(text).matchAll(/\b(?:from|import) ["']((?:\.|@\/)[^"']*)["']/g)]
        .map(([, target = ""]) => target)
        .filter((target) => {
          const feature = /^lib\/[^/]+\//.exec(file)?.[0];
          const climbs = target.startsWith("../");
          const stays = feature !== undefined && path.posix.join(path.posix.dirname(file), target).startsWith(feature);
          return /\.tsx?$/.test(target) || (climbs && !stays);
        })
        .map((target) => `${file} imports ${target}: use @/… across folders, ./… within one, and no ending`),
    );

// Written in parts, so that this file does not find itself.
const LEFTOVER = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b`);
export const nothingIsLeftForLater: HouseRule = (files) =>
  files
    .filter((file) => isCode(file) || /\.(json|sql|prisma)$/.test(file.path))
    .filter((file) => file.path !== "package-lock.json")
    .flatMap((file) =>
      file.text
        .split("\n")
        .flatMap((line, index) => (LEFTOVER.test(line) ? [`${file.path}:${index + 1} is left for later`] : [])),
    );

export const testsAllRun: HouseRule = (files) =>
  findEach(
    files.filter((file) => TEST.test(file.path)),
    /\b(test|it|describe)(\.\w+)*\.(only|skip|todo|fixme|skipIf|runIf|fails)\b|\bwaitForTimeout\(|\bretr(y|ies):\s*[1-9]/,
    "is skipped, focused, repeated or waits for a fixed time",
  );

/** Holds one thing however long it gets: an entry for each verb. */
const LIST_OF_VERBS = "lib/testing/outsider.int.test.ts";

export const filesHoldOneThing: HouseRule = (files) =>
  files
    .filter((file) => isCode(file) && !GENERATED.test(file.path) && file.path !== LIST_OF_VERBS)
    .flatMap(({ path: file, text }) => {
      const lines = text.split("\n").length - 1;
      return lines > 400 ? [`${file} has ${lines} lines: does it hold one thing?`] : [];
    });

/** Settings and operator commands, by the code that defines them, against the documents that explain them. */
export const documentsKeepUp: HouseRule = (files) => {
  const textOf = (file: string) => files.find(({ path: name }) => name === file)?.text ?? "";
  const missing = (source: string, pattern: RegExp, documents: string[]) =>
    [...textOf(source).matchAll(pattern)].flatMap(([, name = ""]) =>
      documents
        .filter((file) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(textOf(file)))
        .map((file) => `${file} does not explain ${name} of ${source}`),
    );
  return [
    ...missing("lib/platform/env.ts", /^ {2}([A-Z][A-Z_]+): /gm, ["docs/operate.md", ".env.example"]),
    ...missing("scripts/admin-commands.ts", /^ {2}"([a-z-]+)": \{/gm, ["docs/operate.md"]),
  ];
};
