"use client";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { type CallResult, callApi } from "./call-api";
import type { Problem } from "./problem";

/** Problems after which nobody knows what became of the press: pressing again must be the same press. */
const UNKNOWN_END = new Set(["offline", "internal", "unavailable"]);

/**
 * One press of a button that spends. Each press has an `Idempotency-Key` of its own; only after a press whose end is
 * unknown does the next press for the same body carry the same key, so that it is never bought twice.
 */
export function useSpend<Answer>(path: string, body: unknown) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const open = useRef<{ key: string; body: string } | null>(null);
  const busy = useRef(false);

  async function press(): Promise<Answer | null> {
    if (busy.current) return null;
    busy.current = true;
    setPending(true);
    const text = `${path} ${JSON.stringify(body)}`;
    if (open.current?.body !== text) open.current = { key: crypto.randomUUID(), body: text };
    const result: CallResult<Answer> = await callApi<Answer>(path, {
      method: "POST",
      body,
      idempotencyKey: open.current.key,
    });
    if (result.ok || !UNKNOWN_END.has(result.problem.code)) open.current = null;
    setProblem(result.ok ? null : result.problem);
    setPending(false);
    busy.current = false;
    // Also after a failure: it may have changed the credits, the key's state, or who may do what. Not without a
    // connection: the router would then load the whole page anew, and lose it.
    if (result.ok || result.problem.code !== "offline") router.refresh();
    return result.ok ? result.data : null;
  }

  return { press, pending, problem, dismiss: () => setProblem(null) };
}
