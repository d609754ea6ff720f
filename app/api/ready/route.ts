import { isReady } from "@/lib/http/ready";

export const dynamic = "force-dynamic";

/** The process can serve: its database answers. */
export async function GET() {
  const ready = await isReady();
  const headers = { "cache-control": "no-store" };
  return Response.json({ status: ready ? "ok" : "unavailable" }, { status: ready ? 200 : 503, headers });
}
