import "server-only";
import { AppError, type ErrorCode, type ErrorDetails } from "@/lib/platform/errors";

/** The value, or the refusal that its absence means to a caller. */
export function orRefuse<T>(value: T | null, code: ErrorCode, details: ErrorDetails = {}): T {
  if (value === null) throw new AppError(code, details);
  return value;
}
