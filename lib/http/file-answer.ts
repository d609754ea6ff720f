import "server-only";
import { log } from "@/lib/platform/log";

/** Letters, digits and hyphens only: no header, shell or file system reads anything else into it. */
const fileName = (parts: readonly (string | undefined)[], ending: string) =>
  `${["nichebook", ...parts]
    .flatMap((part) => part?.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || [])
    .join("-")
    .slice(0, 150)}.${ending}`;

/**
 * A text to be saved, as a stream that asks for the next piece only when the last one was sent, and for none after the
 * reader left. What fails before the first piece throws here and becomes a problem document; what fails later breaks
 * the connection, so that half a file never looks whole.
 * @param nameParts of the file: what it holds, of whom, of when
 */
export async function fileAnswer(
  type: { mediaType: string; ending: string },
  nameParts: readonly (string | undefined)[],
  text: AsyncIterable<string>,
): Promise<Response> {
  const name = fileName(nameParts, type.ending);
  const pieces = text[Symbol.asyncIterator]();
  let next: IteratorResult<string> | null = await pieces.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece =
          next ??
          (await pieces.next().catch((error: unknown) => {
            log().error({ err: error, file: name }, "a file broke off");
            throw error;
          }));
        next = null;
        if (piece.done) controller.close();
        else controller.enqueue(encoder.encode(piece.value));
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": `${type.mediaType}; charset=utf-8`,
      "content-disposition": `attachment; filename="${name}"`,
    },
  });
}
