import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { build, type Plugin } from "esbuild";
import { ROOT } from "@/scripts/root";
import { findPoints, findStatements, instrument, type Point } from "./points";

/** Where a buyer waits: what of the application its bundle holds, but for generated code. */
const WATCHED = /^lib\/(insights|credits|keyapi|auth|platform)\/(?!prisma-client\/).+\.ts$/;

/** A change of a source text. It must stand there exactly once: a plant that plants nothing proves nothing. */
export type Edit = { file: string; find: string; put: string };

export type Bundle = {
  file: string;
  points: Point[];
  /** SQL functions that the buyer calls as one statement each. */
  statements: string[];
  remove(): void;
};

/** Many buyers share one process: each may be held while it has a connection, and for longer than a step has patience. */
const ROOM: Edit[] = [
  {
    file: "lib/credits/ledger.ts",
    find: "const until = performance.now() + patienceMs;",
    put: "const until = performance.now() + patienceMs * 20;",
  },
  {
    file: "lib/platform/db.ts",
    find: "const ledger = new pg.Pool({\n    connectionString: url,\n    max: 10,",
    put: "const ledger = new pg.Pool({\n    connectionString: url,\n    max: 60,",
  },
  {
    file: "lib/platform/db.ts",
    find: "{ connectionString: url, max: 10, connectionTimeoutMillis: 10_000, pipeline: true }",
    put: "{ connectionString: url, max: 60, connectionTimeoutMillis: 10_000, pipeline: true }",
  },
];

/** The buyer's program with fault points, and with what is planted in it. */
export async function bundleBuyer(planted: Edit[] = []): Promise<Bundle> {
  const points: Point[] = [];
  const statements = new Set<string>();
  const folder = join(ROOT, ".build", `crash-${process.pid}-${Math.random().toString(36).slice(2, 10)}`);
  const file = join(folder, "buyer.mjs");
  const plugin: Plugin = {
    name: "fault-points",
    setup(made) {
      made.onLoad({ filter: /[\\/]lib[\\/].+\.ts$/ }, ({ path }) => {
        const name = relative(ROOT, path).split(sep).join("/");
        if (!WATCHED.test(name)) return null;
        let text = readFileSync(path, "utf8");
        for (const edit of [...ROOM, ...planted]) if (edit.file === name) text = apply(edit, text);
        points.push(...findPoints(name, text));
        if (name === "lib/credits/ledger.ts") for (const statement of findStatements(text)) statements.add(statement);
        return { contents: instrument(name, text), loader: "ts" };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "lib/testing/crash/buyer.ts")],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node22",
    packages: "external",
    alias: { "server-only": join(ROOT, "lib/testing/empty.ts") },
    logLevel: "silent",
    plugins: [plugin],
  });
  // What the buyer never calls is not in its program.
  const program = outputFiles[0]?.text ?? "";
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, program);
  return {
    file,
    points: points.filter(({ id }) => program.includes(`"${id}"`)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    statements: [...statements],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function apply({ file, find, put }: Edit, text: string): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} holds ${times} times, not once: ${find}`);
  return text.replace(find, () => put);
}
