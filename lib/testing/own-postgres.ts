import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APP_ROLE, type EmbeddedPostgres, openEmbeddedPostgres } from "@/scripts/embedded-postgres";
import { askHolder, tryLock } from "@/scripts/lock.mjs";
import { migrate } from "@/scripts/migrate";
import { findPlace } from "@/scripts/postgres-place";
import { makeEmbeddedRoles } from "@/scripts/roles";

const PREFIX = "nichebook-vitest-";

/** A PostgreSQL of a test's own with the migrated database, in a folder that goes with it. */
export async function openOwnPostgres(
  onReturn?: () => void,
): Promise<{ server: EmbeddedPostgres; folder: string; close(): Promise<void> }> {
  const folder = join(tmpdir(), `${PREFIX}${randomBytes(6).toString("hex")}`);
  // Locked before it exists: another run that cleans up never takes it for a leftover.
  const inUse = await tryLock(folder);
  mkdirSync(folder);
  chmodSync(folder, 0o711);
  const server = await openEmbeddedPostgres({
    place: findPlace(join(folder, "data")),
    ...(onReturn ? { onReturn } : {}),
  });
  await makeEmbeddedRoles(server);
  await migrate({ ownerUrl: server.url("owner"), appRole: APP_ROLE });
  return {
    server,
    folder,
    async close() {
      await server.leave();
      rmSync(folder, { recursive: true, force: true });
      await inUse?.release();
    },
  };
}

/** A run that was killed leaves its server behind: it is adopted once more, and stopped. */
export async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    if (!existsSync(join(folder, "data/postgres/postmaster.pid")) || (await askHolder(folder))) continue;
    try {
      await (await openEmbeddedPostgres({ place: findPlace(join(folder, "data")) })).leave();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's, or too damaged to be opened: left where it is.
    }
  }
}
