import type { TestProject } from "vitest/node";
import { DATABASE } from "@/scripts/embedded-postgres";
import { openOwnPostgres, removeLeftovers } from "./own-postgres";

declare module "vitest" {
  export interface ProvidedContext {
    /** Addresses of the migrated database as each role; a test file puts the name of its clone in. */
    postgres: { superuser: string; owner: string; app: string; template: string };
  }
}

/** One PostgreSQL for the whole run, with one migrated database that each test file clones. */
export default async function setup(project: TestProject) {
  await removeLeftovers();
  const { server, close } = await openOwnPostgres();
  project.provide("postgres", {
    superuser: server.url("superuser"),
    owner: server.url("owner"),
    app: server.url("app"),
    template: DATABASE,
  });
  return close;
}
