import { openEmbeddedPostgres } from "@/scripts/embedded-postgres";
import { findPlace } from "@/scripts/postgres-place";

// Opens the embedded database of a folder and tells how; leaves it when its standard input ends.
const server = await openEmbeddedPostgres({ place: findPlace(process.argv[2] ?? "") });
process.stdout.write(`${JSON.stringify({ adopted: server.adopted, pid: server.pid() })}\n`);
process.stdin.resume().once("end", () => void server.leave());
