import { createRequire } from "node:module";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  clientLoadsClientCode,
  documentsKeepUp,
  environmentIsReadInOnePlace,
  fetchIsCalledInOnePlace,
  filesHoldOneThing,
  foldersAreNamed,
  type HouseFile,
  type HouseRule,
  importsAreWrittenOneWay,
  namesSayWhatIsInside,
  nothingIsLeftForLater,
  readTree,
  routesAreDeclarations,
  sealsAreOpenedWhereTheyAreUsed,
  serverOnlyComesFirst,
  teamPagesAskWhoLooks,
  testsAllRun,
} from "./house-rules";

const root = path.resolve(import.meta.dirname, "../..");
const layers = createRequire(import.meta.url)(path.join(root, ".dependency-cruiser.cjs")) as {
  forbidden: { from: { path?: string } }[];
};
const libFolders = layers.forbidden.flatMap((rule) => /^\^lib\/([a-z0-9]+)\/$/.exec(rule.from.path ?? "")?.[1] ?? []);

const serverFile = (text: string) => `import "server-only";\n${text}`;
const reads = "const a = process." + "env.HOME;";
const focused = "test.on" + "ly('x', () => {});";

/** Each rule with files that it must refuse, one by one, and files that it must let pass. */
const rules: { guarantee: string; rule: HouseRule; refused: HouseFile[]; passed: HouseFile[] }[] = [
  {
    guarantee: "every folder has a name that the house knows",
    rule: foldersAreNamed(libFolders),
    refused: [
      { path: "src/main.ts", text: "" },
      { path: "lib/common/dates.ts", text: "" },
      { path: "lib/stray.ts", text: "" },
    ],
    passed: [
      { path: "lib/platform/env.ts", text: "" },
      { path: "lib/testing/house.test.ts", text: "" },
      { path: ".ci/run", text: "" },
      { path: "package.json", text: "" },
    ],
  },
  {
    guarantee: "a file under lib/ says by its name what it holds, and renders nothing",
    rule: namesSayWhatIsInside,
    refused: [
      "lib/teams/index.ts",
      "lib/teams/utils.ts",
      "lib/helpers/a.ts",
      "lib/teams/helper.ts",
      "lib/charts/line.tsx",
    ].map((file) => ({ path: file, text: "" })),
    passed: ["lib/teams/create-team.ts", "app/_ui/index.ts", "lib/credits/utilization.ts"].map((file) => ({
      path: file,
      text: "",
    })),
  },
  {
    guarantee: "server code begins with server-only, shared code does not",
    rule: serverOnlyComesFirst,
    refused: [
      { path: "lib/teams/a.ts", text: "export const a = 1;\n" },
      { path: "lib/teams/b.ts", text: 'import { z } from "zod";\nimport "server-only";\n' },
      { path: "lib/teams/c.ts", text: '// import "server-only";\n' },
      { path: "lib/teams/schemas.ts", text: serverFile("") },
      { path: "lib/charts/line.ts", text: serverFile("") },
    ],
    passed: [
      { path: "lib/teams/a.ts", text: serverFile("export const a = 1;\n") },
      { path: "lib/teams/b.ts", text: `/** Why. */\n${serverFile("")}` },
      { path: "lib/teams/schemas.ts", text: "" },
      { path: "lib/platform/format.ts", text: "" },
      { path: "lib/teams/a.test.ts", text: "" },
    ],
  },
  {
    guarantee: "the environment is read in lib/platform/env.ts alone",
    rule: environmentIsReadInOnePlace,
    refused: [
      { path: "lib/teams/a.ts", text: reads },
      { path: "app/page.tsx", text: reads },
      { path: "scripts/server.ts", text: reads },
      { path: "sandbox/main.ts", text: 'import { env } from "node:process";' },
    ],
    passed: [
      { path: "lib/platform/env.ts", text: reads },
      { path: "scripts/start.mjs", text: reads },
      { path: "scripts/server.ts", text: reads.replace("HOME", "NEXTAUTH_URL") },
      { path: "lib/teams/a.ts", text: `// ${reads}` },
    ],
  },
  {
    guarantee: "a sealed text is opened only where it is used",
    rule: sealsAreOpenedWhereTheyAreUsed,
    refused: ["lib/teams/read-key.ts", "app/api/v1/key/route.ts", "scripts/admin.ts", "lib/keyapi/map.ts"].map(
      (file) => ({
        path: file,
        text: 'import { openSealed } from "@/lib/platform/crypto";',
      }),
    ),
    passed: [
      "lib/keyapi/client.ts",
      "lib/mail/open-mail.ts",
      "lib/platform/crypto.ts",
      "lib/platform/crypto.test.ts",
    ].map((file) => ({
      path: file,
      text: "openSealed(sealed, place);",
    })),
  },
  {
    guarantee: "fetch is called in one place, for our own routes",
    rule: fetchIsCalledInOnePlace,
    refused: [
      { path: "lib/insights/a.ts", text: "await fetch(url);" },
      { path: "lib/insights/b.ts", text: "const get = globalThis.fetch;" },
      { path: "app/t/page.tsx", text: "const rows = await fetch(url);" },
    ],
    passed: [
      { path: "lib/insights/a.ts", text: "await fetchTeam(tx); prefetch(); // fetch(url)" },
      { path: "lib/insights/a.test.ts", text: "await fetch(url);" },
      { path: "app/_ui/call-api.ts", text: "await fetch(path);" },
    ],
  },
  {
    guarantee: "a route of the HTTP API is a declaration, and none that reads spends",
    rule: routesAreDeclarations,
    refused: [
      { path: "app/api/v1/a/route.ts", text: "export async function GET() {}" },
      { path: "app/api/v1/b/route.ts", text: "export const POST = handler;" },
      { path: "app/api/v1/c/route.ts", text: 'export { GET } from "./get";' },
      { path: "app/api/v1/d/route.ts", text: "export const GET = apiRoute({ spends: true });" },
      { path: "app/api/v1/e/route.ts", text: "export const GET = apiRoute({\n  run: ({ ctx }) => buyPage(ctx),\n});" },
    ],
    passed: [
      {
        path: "app/api/v1/a/route.ts",
        text: "export const GET = apiRoute({ run });\nexport const POST = apiRoute({ spends: true });",
      },
      { path: "app/api/auth/route.ts", text: "export { handler as GET };" },
    ],
  },
  {
    guarantee: "every page of a team asks who looks",
    rule: teamPagesAskWhoLooks,
    refused: [
      { path: "app/t/[team]/page.tsx", text: "const { team } = await params;" },
      { path: "app/t/[team]/explore/page.tsx", text: "// await requireTeam(slug, path)" },
    ],
    passed: [
      { path: "app/t/[team]/page.tsx", text: 'const ctx = await requireTeam(slug, "");' },
      { path: "app/account/page.tsx", text: "" },
    ],
  },
  {
    guarantee: "a client component loads from lib/ only what the browser may see",
    rule: clientLoadsClientCode,
    refused: [
      { path: "app/a.tsx", text: '"use client";\nimport { a } from "@/lib/teams/create-team";' },
      { path: "app/b.tsx", text: '"use client";\nimport {\n  a,\n  b,\n} from "@/lib/auth/permissions";' },
      { path: "app/c.tsx", text: '"use client";\nimport { a } from "@/lib/teams/schemas";' },
    ],
    passed: [
      { path: "app/a.tsx", text: 'import { a } from "@/lib/teams/create-team";' },
      {
        path: "app/b.tsx",
        text: '"use client";\nimport { a } from "@/lib/teams/choices";\nimport type { B } from "@/lib/auth/context";\nimport { c } from "@/lib/charts/line";',
      },
    ],
  },
  {
    guarantee: "imports are written one way",
    rule: importsAreWrittenOneWay,
    refused: [
      { path: "lib/teams/a.ts", text: 'import { a } from "../auth/context";' },
      { path: "lib/teams/b.ts", text: 'import { a } from "./c.ts";' },
      { path: "app/a.tsx", text: 'import "../globals";' },
    ],
    passed: [
      { path: "lib/teams/a.ts", text: 'import { a } from "./b";\nimport { c } from "@/lib/auth/context";' },
      { path: "app/layout.tsx", text: 'import "./globals.css";' },
      { path: "lib/keyapi/endpoints/a.ts", text: 'import { map } from "../map";' },
    ],
  },
  {
    guarantee: "nothing is left for later",
    rule: nothingIsLeftForLater,
    refused: ["TO", "FIX"].map((word) => ({
      path: "app/a.tsx",
      text: `// ${word}${word === "TO" ? "DO" : "ME"}: later`,
    })),
    passed: [{ path: "app/a.tsx", text: "const todos = [];" }],
  },
  {
    guarantee: "every test runs, once, without a fixed wait",
    rule: testsAllRun,
    refused: [
      { path: "lib/teams/a.test.ts", text: focused },
      { path: "e2e/a.test.ts", text: "await page.waitFor" + "Timeout(500);" },
      { path: "e2e/b.test.ts", text: "test.describe.sk" + "ip('x', () => {});" },
    ],
    passed: [{ path: "lib/teams/a.test.ts", text: "test('x', () => {}); test.each([1])('y', () => {});" }],
  },
  {
    guarantee: "every setting and every operator command is explained",
    rule: documentsKeepUp,
    refused: [{ path: "scripts/admin-commands.ts", text: '  "create-user": {' }],
    passed: [
      { path: "lib/platform/env.ts", text: "const settings = z.object({\n  SIGN_UP: optional(z.string()),\n});" },
      { path: "scripts/admin-commands.ts", text: '  "create-user": {' },
      { path: "docs/operate.md", text: "`SIGN_UP` and `create-user --email`" },
      { path: ".env.example", text: "# SIGN_UP=" },
    ],
  },
  {
    guarantee: "no file is longer than 400 lines",
    rule: filesHoldOneThing,
    refused: [{ path: "lib/teams/a.ts", text: "\n".repeat(401) }],
    passed: [
      { path: "lib/teams/a.ts", text: "\n".repeat(400) },
      { path: "lib/platform/prisma-client/client.ts", text: "\n".repeat(5000) },
    ],
  },
];

describe.each(rules)("$guarantee", ({ rule, refused, passed }) => {
  test.each(refused)("refused: $path", (file) => {
    expect(rule([file])).toHaveLength(1);
  });

  test("what keeps to it passes", () => {
    expect(rule(passed)).toEqual([]);
  });

  test("this repository keeps to it", () => {
    expect(rule(judged)).toEqual([]);
  });
});

const tree = readTree(root);
// The files of these rules hold planted offenders.
const judged = tree.filter((file) => !file.path.startsWith("lib/testing/house"));

test("the tree that is judged is the whole one", () => {
  const paths = tree.map((file) => file.path);
  expect(paths).toEqual(expect.arrayContaining(["package.json", "lib/platform/env.ts", "lib/testing/house.test.ts"]));
  expect(
    paths.filter((file) => file.includes("node_modules") || file.startsWith("lib/platform/prisma-client")),
  ).toEqual([]);
});
