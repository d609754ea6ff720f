/**
 * Who may import whom. Everything local that is not named here is refused; `lib/testing/house-layers.test.ts` plants
 * an offender for each rule. A new folder in `lib/` gets its line here and its record in `docs/decisions`.
 */
const FEATURE = ["lib/platform/", "lib/auth/", "lib/mail/", "lib/notifications/"];

/** Folder → the local paths it may import beside its own files. */
const LAYERS = {
  "lib/platform": [],
  "lib/charts": ["lib/platform/format"],
  "lib/keyapi": ["lib/platform/"],
  "lib/auth": ["lib/platform/"],
  "lib/i18n": ["lib/auth/", "lib/platform/", "messages/"],
  "lib/http": ["lib/auth/", "lib/platform/", "lib/i18n/"],
  "lib/mail": [
    "lib/auth/",
    "lib/i18n/",
    "lib/platform/",
    "lib/notifications/schemas",
    "lib/insights/metric-dictionary",
  ],
  "lib/notifications": ["lib/auth/", "lib/platform/"],
  "lib/accounts": [...FEATURE, "lib/teams/"],
  "lib/teams": [...FEATURE, "lib/insights/schemas"],
  "lib/credits": [...FEATURE, "lib/teams/"],
  "lib/insights": [...FEATURE, "lib/credits/", "lib/keyapi/", "lib/teams/"],
  "lib/tracking": [...FEATURE, "lib/credits/", "lib/insights/", "lib/teams/"],
  "lib/schedules": [...FEATURE, "lib/credits/", "lib/insights/", "lib/tracking/"],
  "lib/webhooks": [...FEATURE, "lib/i18n/"],
  "lib/alerts": [...FEATURE, "lib/insights/", "lib/tracking/", "lib/webhooks/"],
  "lib/reviews": [...FEATURE, "lib/credits/", "lib/insights/", "lib/tracking/", "lib/webhooks/"],
  "lib/jobs": [
    ...FEATURE,
    "lib/accounts/",
    "lib/alerts/",
    "lib/credits/",
    "lib/insights/",
    "lib/reviews/",
    "lib/schedules/",
    "lib/teams/",
    "lib/tracking/",
    "lib/webhooks/",
  ],
  app: [
    "lib/http/",
    "lib/auth/",
    "lib/i18n/",
    "lib/charts/",
    "lib/platform/format",
    "lib/(accounts|mail|notifications|teams|credits|insights|schedules|reviews|tracking|alerts|webhooks|jobs)/",
    "messages/",
  ],
  sandbox: [],
  scripts: ["lib/", "sandbox/"],
};

const LOCAL = "^(app|lib|sandbox|scripts|messages|prisma|e2e|bench)/|^[^/]+\\.(ts|mjs|cjs|js|json)$";
const TESTS = "\\.test\\.tsx?$|^lib/testing/|^e2e/|^bench/";
const WEBHOOK_CLIENT = "^lib/webhooks/(post-hook|find-addresses|public-address)\\.ts$";
const CLIENT = "^lib/keyapi/client\\.ts$";

const layerRules = Object.entries(LAYERS).map(([folder, allowed]) => ({
  name: `layer-${folder.replace("lib/", "")}`,
  comment: `${folder} imports ${allowed.join(", ") || "no other folder"}.`,
  severity: "error",
  from: { path: `^${folder}/`, pathNot: TESTS },
  to: { path: LOCAL, pathNot: [folder, ...allowed].map((path) => `^${path}`) },
}));

/** A package's files, also where it could not be resolved. */
const packages = (...names) => `(^|node_modules/)(${names.join("|")})(/|$)`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: "no-unnamed-folder",
      comment: "A folder of lib/ that has no line in LAYERS imports nothing and is imported by nobody.",
      severity: "error",
      from: { path: `^lib/(?!testing/|(${libFolders().join("|")})/)` },
      to: { path: "." },
    },
    {
      name: "internal-is-private",
      comment: "internal.ts belongs to the verbs beside it.",
      severity: "error",
      from: { path: "^(?:lib/)?([^/]+)/", pathNot: TESTS },
      to: { path: "^lib/[^/]+/internal\\.ts$", pathNot: "^lib/$1/" },
    },
    {
      name: "schemas-are-client-safe",
      comment: "schemas.ts is what both sides agree on: zod, choices and other schemas, no more.",
      severity: "error",
      from: { path: "^lib/[^/]+/schemas\\.ts$" },
      to: { pathNot: [packages("zod"), "^lib/[^/]+/(schemas|choices)\\.ts$", "^lib/platform/format"] },
    },
    {
      name: "choices-stand-alone",
      comment: "choices.ts is the part of a feature that the browser loads: words to choose from, and nothing else.",
      severity: "error",
      from: { path: "^lib/[^/]+/choices\\.ts$" },
      to: {},
    },
    {
      name: "one-http-client",
      comment: "Only lib/keyapi/client.ts opens a connection to the upstream, and lib/webhooks to its receivers.",
      severity: "error",
      from: { path: "^(app|lib)/|^proxy\\.ts$", pathNot: [TESTS, CLIENT, WEBHOOK_CLIENT] },
      to: {
        path: [packages("undici", "axios", "got", "ky", "node-fetch"), "^(node:)?(https?|http2|net|tls|dgram)$"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "one-mail-client",
      comment: "Only lib/mail/transport.ts talks to the mail server; everybody else writes a mail into the outbox.",
      severity: "error",
      from: { path: "^(app|lib|scripts)/", pathNot: [TESTS, "^lib/mail/transport\\.ts$"] },
      to: { path: packages("nodemailer"), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "one-verb-buys",
      comment: "Only the wire part of buy-page.ts asks the upstream, and only buy-page.ts uses that part.",
      severity: "error",
      from: {
        path: "^(app|lib|scripts)/",
        pathNot: [TESTS, "^lib/keyapi/", "^lib/insights/(buy-page|send-request)\\.ts$"],
      },
      to: { path: [CLIENT, "^lib/insights/send-request\\.ts$"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "ledger-steps-belong-to-the-purchase",
      comment: "They trust the team and the member that they are given.",
      severity: "error",
      from: {
        path: "^(app|lib|scripts)/",
        pathNot: [TESTS, "^lib/credits/", "^lib/insights/(buy-page|send-request)\\.ts$"],
      },
      to: { path: "^lib/credits/ledger\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "reading-is-free",
      comment: "No page, layout or component can reach the upstream's client, over however many files; routes may.",
      severity: "error",
      from: { path: "^app/", pathNot: ["^app/api/", TESTS] },
      to: { path: CLIENT, reachable: true },
    },
    {
      name: "next-auth-stays-in-auth",
      severity: "error",
      from: { pathNot: ["^lib/auth/", "^app/api/auth/", "node_modules/"] },
      to: { path: packages("next-auth") },
    },
    {
      name: "prisma-stays-in-platform",
      comment: "Others take `db` from lib/platform/db.ts; types vanish in the build and are free.",
      severity: "error",
      from: { pathNot: ["^lib/platform/", "^lib/testing/", "^scripts/", "^prisma\\.config\\.ts$", "node_modules/"] },
      to: {
        path: [packages("prisma", "@prisma/.+"), "^lib/platform/prisma-client/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "pg-stays-in-platform",
      severity: "error",
      from: { path: "^(app|lib)/|^proxy\\.ts$", pathNot: ["^lib/platform/db\\.ts$", TESTS] },
      to: { path: packages("pg"), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "features-know-no-framework",
      comment: "Rules and queries stay usable by the worker and the operator's commands.",
      severity: "error",
      from: { path: "^lib/", pathNot: ["^lib/(http|auth|i18n)/", TESTS] },
      to: { path: packages("next", "next-intl", "react", "react-dom") },
    },
    {
      name: "sandbox-is-apart",
      comment: "The sandbox is another program, as the upstream is; only starters and tests know it.",
      severity: "error",
      from: { pathNot: ["^sandbox/", "^scripts/", TESTS] },
      to: { path: "^sandbox/" },
    },
    {
      name: "testing-only-from-tests",
      severity: "error",
      from: { pathNot: [TESTS, "^vitest\\.[^/]+\\.ts$", "^playwright\\.config\\.ts$", "^scripts/test"] },
      to: { path: "^lib/testing/|\\.test\\.tsx?$" },
    },
    {
      name: "nobody-imports-upwards",
      comment: "Pages, scripts and end-to-end tests are the top: nothing imports them.",
      severity: "error",
      from: { path: "^(lib|sandbox|prisma)/|^proxy\\.ts$", pathNot: TESTS },
      to: { path: "^(app|scripts|e2e|bench)/" },
    },
    {
      name: "product-needs-no-dev-package",
      severity: "error",
      from: { path: "^(app|lib|sandbox)/|^proxy\\.ts$", pathNot: TESTS },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-named-packages",
      comment: "A package that package.json does not name may vanish with any update.",
      severity: "error",
      from: { pathNot: "node_modules/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules|^lib/platform/prisma-client/" },
    exclude: { path: "^(\\.next|\\.build|\\.data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};

function libFolders() {
  return Object.keys(LAYERS).flatMap((folder) => (folder.startsWith("lib/") ? [folder.slice(4)] : []));
}
