import { fileURLToPath } from "node:url";

/** The folder of this installation, with a slash at its end. The same from `scripts/` and from the bundles in `.build/`. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));
