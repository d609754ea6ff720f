import { defineConfig } from "prisma/config";

// Prisma's own engine is a download that this project never needs: any existing file stops the attempt.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema", migrations: { path: "prisma/migrations" } });
