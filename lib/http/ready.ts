import "server-only";
import { db } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";

/** Whether the database answers, and so whether this process can serve. Never throws. */
export async function isReady(): Promise<boolean> {
  try {
    await db().$queryRaw`select 1`;
    return true;
  } catch (error) {
    log().warn({ err: error }, "the database does not answer");
    return false;
  }
}
