export const dynamic = "force-dynamic";

/** The process is alive. Says nothing of the database. */
export const GET = () => Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
