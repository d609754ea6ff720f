import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { ROOT } from "./root";

const SCHEMA_DIR = join(ROOT, "prisma/schema");
const MIGRATIONS_DIR = join(ROOT, "prisma/migrations");
/** Column type "Character" of the driver adapters. */
const CHARACTER = 6;
/** PostgreSQL's types "char" and text. */
const [CHAR_OID, TEXT_OID] = [18, 25];

/** @returns the names of the migrations of this source tree, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(MIGRATIONS_DIR, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The newest migration whose script has this word; null when none does. */
export const lastMigrationNaming = (word: string): string | null =>
  migrationNames().findLast((name) =>
    readFileSync(join(MIGRATIONS_DIR, name, "migration.sql"), "utf8").includes(word),
  ) ?? null;

/** The migrations as the engine wants them. */
export function migrationsList(names = migrationNames()) {
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(MIGRATIONS_DIR, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: readFileSync(join(MIGRATIONS_DIR, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

export const schemaFiles = () =>
  readdirSync(SCHEMA_DIR)
    .filter((name) => name.endsWith(".prisma"))
    .map((name) => ({ path: join(SCHEMA_DIR, name), content: readFileSync(join(SCHEMA_DIR, name), "utf8") }));

// Once a process: the package keeps views of one memory, and a second instance would be read through the first's.
let loaded: ReturnType<typeof load> | undefined;

async function load() {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => console.error(text) } });
  const engine = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const entry = createRequire(join(ROOT, "package.json")).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = readFileSync(join(dirname(entry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return engine;
}

/**
 * Prisma's schema engine as WebAssembly; the command line's own engine is a download that this project never makes.
 * @param options.afterScript SQL that is committed together with each migration
 */
export async function withSchemaEngine<T>(
  options: { url: string; afterScript?: string },
  run: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  const { SchemaEngine } = await loaded;
  const pool = new pg.Pool({ connectionString: options.url });
  try {
    const engine = await SchemaEngine.new(
      { datamodels: schemaFiles().map(({ path, content }) => [path, content]) },
      () => {},
      bindMigrationAwareSqlAdapterFactory(adapterFor(pool, options.afterScript ?? "")),
    );
    return await run(engine).finally(() => engine.free());
  } finally {
    // The engine locks the database for as long as its sessions live: left to themselves they would keep it for 10 s.
    await pool.end();
  }
}

type Internals = SqlDriverAdapter & {
  underlyingDriver(): pg.Pool;
  onError(error: unknown): never;
  performIO(query: unknown): Promise<pg.QueryArrayResult>;
};

/**
 * The adapter cuts scripts at every semicolon, which breaks function bodies, and does not know the type "char", which
 * the engine reads from the catalogue. Both are mended here, on the adapter's inner parts: its version is pinned.
 */
function adapterFor(pool: pg.Pool, afterScript: string): PrismaPg {
  const factory = new PrismaPg(pool);
  const migrations = new Set(
    migrationsList().migrationDirectories.map(({ migrationFile }) => migrationFile.content.value),
  );
  const charColumns = new WeakMap<object, number[]>();
  const mend =
    (connect: () => Promise<SqlDriverAdapter>): (() => Promise<never>) =>
    async () => {
      const adapter = (await connect()) as Internals;
      const [performIO, queryRaw] = [adapter.performIO.bind(adapter), adapter.queryRaw.bind(adapter)];
      // One query of the simple protocol is one transaction: a migration is applied whole or not at all.
      adapter.executeScript = async (script) => {
        await adapter
          .underlyingDriver()
          .query(migrations.has(script) ? `${script}\n;${afterScript}` : script)
          .catch((error: unknown) => adapter.onError(error));
      };
      adapter.performIO = async (query) => {
        const result = await performIO(query);
        const found = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : []));
        for (const index of found) Object.assign(result.fields[index] ?? {}, { dataTypeID: TEXT_OID });
        charColumns.set(result.rows, found);
        return result;
      };
      adapter.queryRaw = async (query) => {
        const result = await queryRaw(query);
        for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = CHARACTER;
        return result;
      };
      return adapter as never;
    };
  factory.connect = mend(factory.connect.bind(factory));
  factory.connectToShadowDb = mend(factory.connectToShadowDb.bind(factory));
  return factory;
}
