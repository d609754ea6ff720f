import "server-only";
import { notFound } from "next/navigation";

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "not_found";

/** For reads of a page: what is not there, or not the reader's to see, has no page; any other failure is one. */
export function pageMissing(error: unknown): never {
  if (isMissing(error)) notFound();
  throw error;
}
