import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { readRawAnswer } from "@/lib/insights/read-raw-answer";

const BYTES = "application/octet-stream";

export const GET = apiRoute({
  summary: "What came back for a request, byte for byte",
  description: "404 when nothing came, and after the team's retention has forgotten it.",
  permission: "insights:read",
  params: z.object({ id: z.uuid() }),
  response: null,
  file: BYTES,
  // Foreign bytes: saved and never rendered, whatever they claim to be.
  run: async ({ ctx, params }) => {
    const { body } = await readRawAnswer(ctx, params.id);
    return new Response(Buffer.from(body), {
      headers: { "content-type": BYTES, "content-disposition": `attachment; filename="raw-answer-${params.id}.json"` },
    });
  },
});
