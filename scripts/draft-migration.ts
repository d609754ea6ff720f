import { mkdtempSync, rmSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APP_ROLE, openEmbeddedPostgres } from "./embedded-postgres";
import { migrate } from "./migrate";
import { findPlace } from "./postgres-place";
import { makeEmbeddedRoles } from "./roles";
import { ROOT } from "./root";
import { openSchemaEngine, schemaFiles } from "./schema-engine";

/**
 * What the schema files say beyond the migrations, as SQL: the draft of the next migration, empty when nothing changed.
 * Policies, checks, triggers, functions and partial indexes are no part of the schema files: write them by hand.
 */
export async function draftMigration(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "nichebook-draft-"));
  await chmod(folder, 0o711);
  const server = await openEmbeddedPostgres({ place: findPlace(join(folder, "data")) });
  try {
    await makeEmbeddedRoles(server);
    await migrate({ ownerUrl: server.url("owner"), appRole: APP_ROLE });
    const engine = await openSchemaEngine(server.url("owner"));
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
    const { stdout } = await engine.diff(input);
    engine.free();
    return stdout ?? "";
  } finally {
    await server.leave();
    rmSync(folder, { recursive: true, force: true });
  }
}

// Run as `npx tsx --conditions=react-server scripts/draft-migration.ts`.
process.stdout.write(await draftMigration());
