import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { APP_ROLE, openEmbeddedPostgres } from "./embedded-postgres";
import { migrate } from "./migrate";
import { findPlace } from "./postgres-place";
import { makeEmbeddedRoles } from "./roles";
import { ROOT } from "./root";
import { schemaFiles, withSchemaEngine } from "./schema-engine";

/**
 * What the schema files say beyond a migrated database, as SQL: the draft of the next migration, a mere comment when
 * nothing changed. Policies, checks, triggers, functions and partial indexes are no part of the schema files: write
 * them by hand.
 */
export async function draftFrom(databaseUrl: string): Promise<string> {
  const files = schemaFiles();
  const input = {
    from: { tag: "schemaDatasource" as const, files, configDir: ROOT },
    to: { tag: "schemaDatamodel" as const, files },
    script: true,
    exitCode: null,
    // Asked for at run time, though its type does not know it.
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  };
  return withSchemaEngine({ url: databaseUrl }, async (engine) => (await engine.diff(input)).stdout ?? "");
}

/** The draft against all migrations of this source tree, on a database of its own. */
async function draftMigration(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "nichebook-draft-"));
  chmodSync(folder, 0o711);
  const server = await openEmbeddedPostgres({ place: findPlace(join(folder, "data")) });
  try {
    await makeEmbeddedRoles(server);
    await migrate({ ownerUrl: server.url("owner"), appRole: APP_ROLE });
    return await draftFrom(server.url("owner"));
  } finally {
    await server.leave();
    rmSync(folder, { recursive: true, force: true });
  }
}

// Run as `npx tsx --conditions=react-server scripts/draft-migration.ts`.
if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(await draftMigration());
