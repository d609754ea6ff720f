import { fileURLToPath } from "node:url";
import { ROOT } from "./root";
import { schemaFiles, withSchemaEngine } from "./schema-engine";
import { withScratchDatabase } from "./scratch-database";

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

// Run as `npx tsx --conditions=react-server scripts/draft-migration.ts`.
if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(await withScratchDatabase(draftFrom));
