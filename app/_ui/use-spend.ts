"use client";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { type CallResult, callApi } from "./call-api";
import type { Problem } from "./problem";

/** Problems after which nobody knows what became of the press: pressing again must be the same press. */
const UNKNOWN_END = new Set(["offline", "internal", "unavailable"]);

/** A price that the team wants confirmed, and what its limits leave; null is no limit. */
export type AskedPrice = { priceCredits: number; left: number | null };

/**
 * One press of a button that spends. Each press has an `Idempotency-Key` of its own; only after a press whose end is
 * unknown does the next press for the same body carry the same key, so that it is never bought twice. A price that the
 * team wants confirmed is asked about (`asked`, answered with `decide`) within the press: render `ConfirmSpend`.
 */
export function useSpend<Answer>(path: string, body: Record<string, unknown>) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asked, setAsked] = useState<AskedPrice | null>(null);
  const open = useRef<{ key: string; body: string } | null>(null);
  const decision = useRef<(goOn: boolean) => void>(() => {});
  const busy = useRef(false);

  /** Null when the person thought better of it. */
  async function call(key: string): Promise<CallResult<Answer> | null> {
    const post = (sent: Record<string, unknown>) =>
      callApi<Answer>(path, { method: "POST", body: sent, idempotencyKey: key });
    const first = await post(body);
    if (first.ok || first.problem.reason !== "confirm_needed") return first;
    const { priceCredits = 0, left = null } = first.problem;
    setAsked({ priceCredits, left });
    const goesOn = await new Promise<boolean>((resolve) => {
      decision.current = resolve;
    });
    setAsked(null);
    return goesOn ? post({ ...body, confirmed: true }) : null;
  }

  async function press(): Promise<Answer | null> {
    if (busy.current) return null;
    busy.current = true;
    setPending(true);
    const text = `${path} ${JSON.stringify(body)}`;
    if (open.current?.body !== text) open.current = { key: crypto.randomUUID(), body: text };
    const result = await call(open.current.key);
    if (!result || result.ok || !UNKNOWN_END.has(result.problem.code)) open.current = null;
    setProblem(!result || result.ok ? null : result.problem);
    setPending(false);
    busy.current = false;
    if (!result) return null;
    // Also after a failure: it may have changed the credits, the key's state, or who may do what. Not without a
    // connection: the router would then load the whole page anew, and lose it.
    if (result.ok || result.problem.code !== "offline") router.refresh();
    return result.ok ? result.data : null;
  }

  return {
    press,
    pending,
    problem,
    dismiss: () => setProblem(null),
    asked,
    decide: (goesOn: boolean) => decision.current(goesOn),
  };
}
