import "server-only";
import { log } from "@/lib/platform/log";

/** Letters, digits and hyphens only: no header, shell or file system reads anything else into it. */
const fileName = (parts: readonly (string | undefined)[], ending: string) =>
  `${["nichebook", ...parts]
    .flatMap((part) => part?.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || [])
    .join("-")
    .slice(0, 150)}.${ending}`;

/**
 * A file to be saved, as a stream that asks for the next piece only when the last one was sent, and for none after the
 * reader left. What fails before the first piece throws here and becomes a problem document; what fails later breaks
 * the connection, so that half a file never looks whole.
 * @param nameParts of the file: what it holds, of whom, of when
 */
export async function fileAnswer(
  type: { mediaType: string; ending: string },
  nameParts: readonly (string | undefined)[],
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<Response> {
  const name = fileName(nameParts, type.ending);
  const made = pieces[Symbol.asyncIterator]();
  let next: IteratorResult<string | Uint8Array> | null = await made.next();
  const isText = typeof next.value === "string";
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece =
          next ??
          (await made.next().catch((error: unknown) => {
            log().error({ err: error, file: name }, "a file broke off");
            throw error;
          }));
        next = null;
        if (piece.done) controller.close();
        else controller.enqueue(typeof piece.value === "string" ? encoder.encode(piece.value) : piece.value);
      },
      async cancel() {
        await made.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": type.mediaType + (isText ? "; charset=utf-8" : ""),
      "content-disposition": `attachment; filename="${name}"`,
    },
  });
}
