import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { APP_ROLE, DATABASE, openEmbeddedPostgres } from "@/scripts/embedded-postgres";
import { askHolder, tryLock } from "@/scripts/lock.mjs";
import { migrate } from "@/scripts/migrate";
import { findPlace } from "@/scripts/postgres-place";
import { makeEmbeddedRoles } from "@/scripts/roles";

declare module "vitest" {
  export interface ProvidedContext {
    /** Addresses of the migrated database as each role; a test file puts the name of its clone in. */
    postgres: { superuser: string; owner: string; app: string; template: string };
  }
}

const PREFIX = "nichebook-vitest-";

/** One PostgreSQL for the whole run, with one migrated database that each test file clones. */
export default async function setup(project: TestProject) {
  await removeLeftovers();
  const folder = join(tmpdir(), `${PREFIX}${randomBytes(6).toString("hex")}`);
  // Locked before it exists: another run that cleans up never takes it for a leftover.
  const inUse = await tryLock(folder);
  mkdirSync(folder);
  chmodSync(folder, 0o711);
  const server = await openEmbeddedPostgres({ place: findPlace(join(folder, "data")) });
  await makeEmbeddedRoles(server);
  await migrate({ ownerUrl: server.url("owner"), appRole: APP_ROLE });
  project.provide("postgres", {
    superuser: server.url("superuser"),
    owner: server.url("owner"),
    app: server.url("app"),
    template: DATABASE,
  });
  return async () => {
    await server.leave();
    rmSync(folder, { recursive: true, force: true });
    await inUse?.release();
  };
}

/** A run that was killed leaves its server behind: it is adopted once more, and stopped. */
async function removeLeftovers(): Promise<void> {
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
