import "server-only";

/**
 * What the starting process found out and everything else needs: addresses of started services and the secrets.
 * It lives on `globalThis` because the server bundle and Next's chunks each hold their own copy of this module.
 */
export type Runtime = {
  /** PostgreSQL as the ordinary role that owns nothing. */
  databaseAppUrl: string;
  appSecret: string;
  appSecretPrevious: string | null;
  /** Base address of the sandbox, or null when it is off. */
  sandboxUrl: string | null;
  /** How to sign in to the invented team; only where the demo was asked for. */
  demo?: Demo;
};

export type Demo = { password: string; people: { name: string; email: string; role: string }[] };

const holder = globalThis as typeof globalThis & { __nichebookRuntime?: Runtime };

export function setRuntime(runtime: Runtime): void {
  holder.__nichebookRuntime = runtime;
}

/** @throws before the starting process has called `setRuntime`. */
export function runtime(): Runtime {
  if (!holder.__nichebookRuntime) throw new Error("The runtime is not set up: start through scripts/start.mjs.");
  return holder.__nichebookRuntime;
}
