import "server-only";
import { randomUUID } from "node:crypto";
import type { Visitor } from "@/lib/auth/caller-address";
import type { Language } from "@/lib/auth/schemas";
import { countTry } from "@/lib/auth/throttle";
import { db } from "@/lib/platform/db";
import { sendJob } from "@/lib/platform/queue";
import type { ForgotPasswordInput } from "./schemas";

/** What the worker is told; it holds no secret. */
export type ResetAsked = { email: string; language: Language; address: string | null };

/**
 * Takes note that somebody wants a new password. Whether there is such an account is looked up later, by the worker:
 * here known and unknown addresses cost and answer the same by construction.
 * @throws `too_many_requests` after five asks for one address, from wherever, in a quarter of an hour
 */
export async function askReset(input: ForgotPasswordInput, language: Language, visitor: Visitor): Promise<void> {
  await countTry({ action: "forgot_password", email: input.email, address: visitor.address });
  const asked: ResetAsked = { email: input.email, language, address: visitor.address };
  await db().$transaction((tx) => sendJob(tx, "forgot_password", randomUUID(), asked));
}
