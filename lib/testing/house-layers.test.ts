import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** A small tree in the shape of this one: files and what they import ("type x": its types alone). */
const innocent = {
  "lib/platform/db.ts": ["pg", "./prisma-client/client"],
  "lib/platform/prisma-client/client.ts": [],
  "lib/platform/errors.ts": [],
  "lib/platform/format.ts": [],
  "lib/auth/session.ts": ["next-auth", "next/headers", "react", "@/lib/platform/db"],
  "lib/i18n/request.ts": ["next-intl", "@/lib/auth/session", "@/messages/en.json"],
  "lib/http/api-route.ts": ["@/lib/auth/session", "@/lib/i18n/request", "next/server"],
  "lib/teams/schemas.ts": ["zod"],
  "lib/teams/internal.ts": ["@/lib/platform/db"],
  "lib/teams/create-team.ts": ["./internal", "./schemas", "@/lib/auth/session"],
  "lib/credits/ledger.ts": ["@/lib/platform/db", "type pg", "type @/lib/platform/prisma-client/client"],
  "lib/mail/transport.ts": ["nodemailer", "@/lib/i18n/request"],
  "lib/notifications/notify.ts": ["@/lib/auth/session", "@/lib/platform/db"],
  "lib/keyapi/client.ts": ["undici", "@/lib/platform/errors"],
  "lib/credits/read-usage.ts": ["@/lib/platform/db", "@/lib/notifications/notify"],
  "lib/insights/buy-page.ts": ["./send-request", "@/lib/credits/ledger", "@/lib/teams/create-team"],
  "lib/insights/send-request.ts": ["@/lib/credits/ledger", "@/lib/keyapi/client"],
  "lib/insights/read-ranking.ts": ["@/lib/platform/db"],
  "lib/charts/prepare-line.ts": ["@/lib/platform/format", "d3-scale"],
  "lib/jobs/sweep.ts": ["@/lib/credits/read-usage", "@/lib/insights/buy-page"],
  "lib/testing/factories.ts": ["@/lib/teams/internal", "pg", "vitest"],
  "lib/insights/buy-page.int.test.ts": [
    "./buy-page",
    "@/lib/testing/factories",
    "@/sandbox/server",
    "undici",
    "vitest",
  ],
  "app/t/page.tsx": ["@/lib/insights/read-ranking", "@/lib/charts/prepare-line", "@/lib/platform/format", "react"],
  "app/api/v1/insights/route.ts": ["@/lib/http/api-route", "@/lib/insights/buy-page"],
  "app/api/auth/route.ts": ["next-auth"],
  "sandbox/server.ts": ["node:http", "./rows"],
  "sandbox/rows.ts": [],
  "scripts/server.ts": ["@/lib/jobs/sweep", "@/sandbox/server", "pg", "undici", "@prisma/client"],
  "messages/en.json": [],
} satisfies Record<string, string[]>;

/** What must be refused: file, its import, the rule that refuses it. */
const offenders: [from: string, to: string, rule: string][] = [
  ["app/a.tsx", "@/lib/platform/db", "layer-app"],
  ["app/b.tsx", "@/lib/platform/errors", "layer-app"],
  ["app/c.tsx", "@/lib/keyapi/client", "layer-app"],
  ["app/d.tsx", "@/sandbox/server", "sandbox-is-apart"],
  ["app/e.tsx", "@/lib/teams/internal", "internal-is-private"],
  ["app/f.tsx", "@/lib/testing/factories", "testing-only-from-tests"],
  ["app/g.tsx", "next-auth", "next-auth-stays-in-auth"],
  ["app/h.tsx", "@/lib/insights/buy-page", "reading-is-free"],
  ["app/i.tsx", "@/app/h", "reading-is-free"],
  ["app/j.tsx", "pg", "pg-stays-in-platform"],
  ["app/k.tsx", "undici", "one-http-client"],
  ["app/l.tsx", "vitest", "product-needs-no-dev-package"],
  ["app/m.tsx", "unnamed-package", "only-named-packages"],
  ["app/n.tsx", "./nowhere", "no-unresolvable"],
  ["app/api/o.ts", "@prisma/client", "prisma-stays-in-platform"],
  ["lib/platform/a.ts", "@/lib/auth/session", "layer-platform"],
  ["lib/auth/a.ts", "@/lib/teams/create-team", "layer-auth"],
  ["lib/i18n/a.ts", "@/lib/http/api-route", "layer-i18n"],
  ["lib/http/a.ts", "@/lib/teams/create-team", "layer-http"],
  ["lib/keyapi/a.ts", "@/lib/credits/read-usage", "layer-keyapi"],
  ["lib/keyapi/b.ts", "undici", "one-http-client"],
  ["lib/charts/a.ts", "@/lib/platform/db", "layer-charts"],
  ["lib/teams/a.ts", "@/lib/insights/read-ranking", "layer-teams"],
  ["lib/teams/b.ts", "@/app/t/page", "nobody-imports-upwards"],
  ["lib/teams/c.ts", "next/headers", "features-know-no-framework"],
  ["lib/teams/d.ts", "@/lib/platform/prisma-client/client", "prisma-stays-in-platform"],
  ["lib/teams/e.ts", "node:https", "one-http-client"],
  ["lib/credits/a.ts", "@/lib/insights/read-ranking", "layer-credits"],
  ["lib/credits/schemas.ts", "@/lib/platform/db", "schemas-are-client-safe"],
  ["lib/credits/choices.ts", "./schemas", "choices-stand-alone"],
  ["lib/insights/a.ts", "@/lib/keyapi/client", "one-verb-buys"],
  ["lib/insights/c.ts", "./send-request", "one-verb-buys"],
  ["lib/insights/d.ts", "@/lib/credits/ledger", "ledger-steps-belong-to-the-purchase"],
  ["lib/insights/b.ts", "@/lib/jobs/sweep", "layer-insights"],
  ["lib/accounts/a.ts", "@/lib/insights/buy-page", "layer-accounts"],
  ["lib/mail/a.ts", "@/lib/teams/create-team", "layer-mail"],
  ["lib/mail/b.ts", "nodemailer", "one-mail-client"],
  ["lib/notifications/a.ts", "@/lib/teams/create-team", "layer-notifications"],
  ["lib/jobs/a.ts", "@/lib/i18n/request", "layer-jobs"],
  ["lib/tracking/a.ts", "@/lib/keyapi/client", "layer-tracking"],
  ["lib/alerts/a.ts", "@/lib/credits/read-usage", "layer-alerts"],
  ["lib/reviews/a.ts", "@/lib/jobs/sweep", "layer-reviews"],
  ["lib/schedules/a.ts", "@/lib/jobs/sweep", "layer-schedules"],
  ["lib/webhooks/a.ts", "@/lib/jobs/sweep", "layer-webhooks"],
  ["lib/misc/a.ts", "@/lib/platform/errors", "no-unnamed-folder"],
  ["lib/credits/b.ts", "@/lib/misc/a", "layer-credits"],
  ["lib/credits/c.ts", "./d", "no-circle"],
  ["sandbox/a.ts", "@/lib/platform/errors", "layer-sandbox"],
  ["scripts/a.ts", "@/app/t/page", "layer-scripts"],
  ["scripts/b.ts", "@/lib/keyapi/client", "one-verb-buys"],
];

const packageNames = [
  "zod",
  "pg",
  "undici",
  "next",
  "next-auth",
  "next-intl",
  "react",
  "d3-scale",
  "nodemailer",
  "@prisma/client",
];

const statement = (to: string) =>
  to.startsWith("type ") ? `import type X from ${JSON.stringify(to.slice(5))};\n` : `import ${JSON.stringify(to)};\n`;

type Violation = { rule: string; from: string };

/** Writes the tree to a folder of its own and runs dependency-cruiser there with this repository's rules. */
function cruise(files: Record<string, string[]>): Violation[] {
  const folder = mkdtempSync(path.join(tmpdir(), "house-layers-"));
  try {
    const write = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions: { jsx: "react-jsx", paths: { "@/*": ["./*"] } } }));
    write(
      "package.json",
      JSON.stringify({
        dependencies: Object.fromEntries(packageNames.map((name) => [name, "1"])),
        devDependencies: { vitest: "1" },
      }),
    );
    for (const name of [...packageNames, "vitest", "unnamed-package"]) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
      write(`node_modules/${name}/index.js`, "");
    }
    for (const entry of ["headers", "server"]) write(`node_modules/next/${entry}.js`, "");
    for (const [file, imports] of Object.entries(files)) {
      write(file, file.endsWith(".json") ? "{}" : imports.map(statement).join(""));
    }
    const run = spawnSync(
      process.execPath,
      [
        path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs"),
        ...["--config", path.join(root, ".dependency-cruiser.cjs"), "--output-type", "json"],
        ...["app", "lib", "sandbox", "scripts"],
      ],
      { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
    );
    if (!run.stdout.startsWith("{")) throw new Error(run.stderr);
    const { summary } = JSON.parse(run.stdout) as {
      summary: { violations: { from: string; rule: { name: string; severity: string } }[] };
    };
    return summary.violations.flatMap(({ from, rule }) =>
      rule.severity === "error" ? [{ from, rule: rule.name }] : [],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the layer rules", () => {
  let found: Violation[] = [];
  let foundInInnocent: Violation[] = [];

  beforeAll(() => {
    foundInInnocent = cruise(innocent);
    found = cruise({
      ...innocent,
      "lib/credits/d.ts": ["./c"],
      ...Object.fromEntries(offenders.map(([from, to]) => [from, [to]])),
    });
  });

  test("a tree that keeps to them passes", () => {
    expect(foundInInnocent).toEqual([]);
  });

  test("each rule has its offender", () => {
    const config = createRequire(import.meta.url)(path.join(root, ".dependency-cruiser.cjs")) as {
      forbidden: { name: string }[];
    };
    const planted = new Set(offenders.map(([, , rule]) => rule));
    expect(config.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });

  test.each(offenders)("%s may not import %s (%s)", (from, _to, rule) => {
    expect(found).toContainEqual({ from, rule });
  });
});
