/** A reason not to start that the operator can mend: its message is one plain line that says how. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** The code that Node.js (`ENOENT`) or PostgreSQL (`42501`) put on an error, or an empty text. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}
