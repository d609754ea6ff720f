import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { AppError } from "@/lib/platform/errors";
import { readLeft } from "./read-left";

/** A purchase that waits for agreement to its price also says what the limits leave. Everything else passes as it is. */
export async function tellLeft<Answer>(ctx: TeamContext, purchase: Promise<Answer>): Promise<Answer> {
  try {
    return await purchase;
  } catch (error) {
    if (!(error instanceof AppError) || error.details.reason !== "confirm_needed") throw error;
    throw new AppError(error.code, { ...error.details, left: await readLeft(ctx) });
  }
}
