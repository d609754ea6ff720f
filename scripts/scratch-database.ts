import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APP_ROLE, openEmbeddedPostgres } from "./embedded-postgres";
import { migrate } from "./migrate";
import { findPlace } from "./postgres-place";
import { makeEmbeddedRoles } from "./roles";

/** A database with all migrations and rights of this source tree and no rows, on a server of its own, for one use. */
export async function withScratchDatabase<T>(use: (ownerUrl: string, appRole: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "nichebook-scratch-"));
  // As root, PostgreSQL runs as another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  try {
    const server = await openEmbeddedPostgres({ place: findPlace(join(folder, "data")) });
    try {
      await makeEmbeddedRoles(server);
      await migrate({ ownerUrl: server.url("owner"), appRole: APP_ROLE });
      return await use(server.url("owner"), APP_ROLE);
    } finally {
      await server.leave();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
